import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { TenantClients } from './clients.ts';
import { clock, randomHex } from './runtime.ts';

/** The index of each tenant, reached with credentials for that tenant alone. */
export function indexDeps({ dynamoDb: clientOf }: TenantClients, table: string) {
  return {
    manifests: perTenant((tenant) => dynamoManifests(clientOf(tenant), table)),
    segments: perTenant((tenant) => dynamoSegmentStore(clientOf(tenant), table)),
    clock,
    randomHex,
  };
}
