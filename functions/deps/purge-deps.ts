import { dynamoTenantData } from '../../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { s3TenantData } from '../../lib/adapters/s3-tenant-data.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { PurgeMessage } from '../../lib/domain/messages.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import { dynamoDb, tenantClients } from '../shared/clients.ts';
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
      s3TenantData(clients.s3, env.BUCKET),
      ...tables.map((table) => dynamoTenantData(scanner, table, clients.dynamoDb)),
    ],
    purgeQueue: queueAt<PurgeMessage>(env.PURGE_QUEUE_URL),
    comeBack: comeBack(env.PURGE_QUEUE_URL, { leavesClaim: true }),
  };
}
