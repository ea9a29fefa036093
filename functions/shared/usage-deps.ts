import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { dynamoUsage } from '../../lib/adapters/dynamo-usage.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { dynamoDb, type TenantClients } from './clients.ts';
import { clock } from './runtime.ts';
import { flushAllUnits } from './unit-counts.ts';

/** Usage is written down without being counted itself: it would never come to an end. */
export function usageDeps({ uncounted, units }: TenantClients, table: string) {
  const usage = perTenant((tenant) => dynamoUsage(uncounted(tenant), table));
  const tenants = dynamoTenants(dynamoDb(), table);
  return { tenants, usage, flushUsage: () => flushAllUnits({ units, usage, tenants, clock }) };
}
