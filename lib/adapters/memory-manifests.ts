import type { TenantId } from '../domain/ids.ts';
import type { Manifests } from '../ports/manifests.ts';
import { decodeManifest, EMPTY_MANIFEST, encodeManifestBody } from '../index/segment/manifest.ts';
import { keyOf } from './dynamo-batch.ts';
import type { MemoryTable } from './memory-table.ts';
import { tenantPartition } from './partitions.ts';

const key = (tenant: TenantId) => ({ pk: tenantPartition(tenant, 'manifest'), sk: 'manifest' });

/** As long as the token of a write in own-writes.ts. */
const WRITER = '12345678';

/** Manifests in memory, keyed and charged as dynamo-manifests.ts keeps them. */
export function memoryManifests(table: MemoryTable): Manifests {
  return {
    async read(tenant) {
      const item = await table.get(key(tenant), { consistent: true });
      return item ? decodeManifest(Number(item['version']!.N), item['body']!.S!) : EMPTY_MANIFEST;
    },

    commit(tenant, next) {
      const item = {
        ...keyOf(key(tenant)),
        version: { N: String(next.version) },
        body: { S: encodeManifestBody(next) },
        writer: { S: WRITER },
      };
      return Promise.resolve(
        table.put(item, (stored) => Number(stored?.['version']!.N ?? 0) === next.version - 1),
      );
    },
  };
}
