import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId, type SegmentId } from '../../lib/domain/ids.ts';
import type { Manifest } from '../../lib/index/segment/manifest.ts';
import { IMPLEMENTATIONS, type IndexStores } from './index-stores.ts';

/** One suite for every Manifests. */

let tenantCount = 0;
const freshTenant = () => parseTenantId(`tenant-${tenantCount++}`);

const manifest = (version: number, segments = 1): Manifest => ({
  version,
  segments: Array.from({ length: segments }, (_, i) => ({
    id: `segment-${version}-${i}` as SegmentId,
    docs: 7,
    totalLen: 100 + i,
    bytes: 1_000,
    format: 2,
    isSingleItem: i % 2 === 0,
    deleted: 1,
    deletions: 'abc',
  })),
  merges: [
    {
      result: 'segment-next' as SegmentId,
      sources: ['segment-0' as SegmentId],
      deletions: [''],
      expiresAtMs: 1_000,
    },
  ],
});

describe.each(IMPLEMENTATIONS)('manifests in %s', (_name, open) => {
  let store: IndexStores;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it('are empty before the first commit', async () => {
    expect(await store.manifests.read(freshTenant())).toEqual({ version: 0, segments: [], merges: [] });
  });

  it('are what was committed last', async () => {
    const tenant = freshTenant();
    expect(await store.manifests.commit(tenant, manifest(1))).toBe(true);
    expect(await store.manifests.commit(tenant, manifest(2, 3))).toBe(true);
    expect(await store.manifests.read(tenant)).toEqual(manifest(2, 3));
    expect(await store.manifests.read(freshTenant())).toEqual({ version: 0, segments: [], merges: [] });
  });

  it('refuse a commit that does not follow the one before', async () => {
    const tenant = freshTenant();
    expect(await store.manifests.commit(tenant, manifest(2))).toBe(false);
    expect(await store.manifests.commit(tenant, manifest(1))).toBe(true);
    for (const version of [1, 3, 9])
      expect(await store.manifests.commit(tenant, manifest(version))).toBe(false);
    expect(await store.manifests.read(tenant)).toEqual(manifest(1));
  });

  it('let one of many writers through', async () => {
    const tenant = freshTenant();
    const writers = Array.from({ length: 8 }, () => store.manifests.commit(tenant, manifest(1)));
    expect((await Promise.all(writers)).filter((won) => won)).toHaveLength(1);
  });
});

it('what the memory charges is what DynamoDB says that it consumed', async () => {
  const tenant = parseTenantId('charged');
  const [dynamoDb, memory] = await Promise.all(
    IMPLEMENTATIONS.map(async ([, open]) => {
      const store = await open();
      const steps = [];
      for (const [version, segments] of [
        [1, 1],
        [2, 5],
        [3, 60],
        [4, 30],
        [5, 1],
      ] as const) {
        await store.manifests.commit(tenant, manifest(version, segments));
        steps.push(store.meter.snapshot());
        await store.manifests.read(tenant);
        steps.push(store.meter.snapshot());
      }
      await store.manifests.read(parseTenantId('nobody'));
      steps.push(store.meter.snapshot());
      await store.close();
      return steps;
    }),
  );
  expect(memory).toEqual(dynamoDb);
});
