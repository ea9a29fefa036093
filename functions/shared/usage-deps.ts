import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { dynamoUsage } from '../../lib/adapters/dynamo-usage.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { TenantReader } from '../../lib/ports/tenants.ts';
import type { TenantClients } from './clients.ts';
import { clock } from './runtime.ts';
import { noteUnreadable } from './telemetry.ts';
import { flushAllUnits } from './flush-units.ts';

/** Each tenant's record, read with a session of that tenant: a worker sees no other's. */
export const tenantReader = ({ uncounted }: TenantClients, table: string): TenantReader =>
  perTenant<TenantReader>((tenant) => dynamoTenants(uncounted(tenant), table, noteUnreadable(tenant)));

/** Usage is written down without being counted itself: it would never come to an end. */
export function usageDeps(clients: TenantClients, table: string) {
  const usage = perTenant((tenant) => dynamoUsage(clients.uncounted(tenant), table, noteUnreadable(tenant)));
  const tenants = tenantReader(clients, table);
  return {
    tenants,
    usage,
    flushUsage: () => flushAllUnits({ units: clients.units, usage, tenants, clock }),
  };
}
