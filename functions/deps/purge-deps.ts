import { dynamoTenantData } from '../../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { PurgeMessage } from '../../lib/domain/messages.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import type { TenantData } from '../../lib/ports/tenant-data.ts';
import { dynamoDb, tenantClients, type TenantClients } from '../shared/clients.ts';
import { comeBack } from '../shared/come-back.ts';
import { text, readEnvironment, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { clock, randomHex } from '../shared/runtime.ts';

/** What functions/purge.ts needs, from its environment. @throws Error that names missing variables. */
export function purgeDeps(environment: Environment) {
  const env = readEnvironment(
    {
      IMAGES_TABLE: text,
      INDEX_TABLE: text,
      TENANTS_TABLE: text,
      TENANT_ROLE_ARN: text,
      BUCKET: text,
      PURGE_QUEUE_URL: text,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  const scanner = dynamoDb();
  const tenantsOf = (tenant: TenantId) => dynamoTenants(clients.dynamoDb(tenant), env.TENANTS_TABLE);
  const tables = [env.IMAGES_TABLE, env.INDEX_TABLE, env.TENANTS_TABLE];
  return {
    clock,
    randomHex,
    tenants: {
      get: (tenant: TenantId) => tenantsOf(tenant).get(tenant),
      put: (tenant: Tenant) => tenantsOf(tenant.id).put(tenant),
    },
    stores: [
      objectsOf(clients, env.BUCKET),
      ...tables.map((table) => dynamoTenantData(scanner, table, clients.dynamoDb)),
    ],
    purgeQueue: queueAt<PurgeMessage>(env.PURGE_QUEUE_URL),
    comeBack: comeBack(env.PURGE_QUEUE_URL, { leavesClaim: true }),
  };
}

function objectsOf({ s3: clientOf }: TenantClients, bucket: string): TenantData {
  const objects = whenNeeded(async () => (await import('../late/s3.ts')).s3TenantData(clientOf, bucket));
  return { holds: 'objects', sweep: (owner, start) => objects.sweep(owner, start) };
}
