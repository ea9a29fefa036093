import { openTemporaryIndex, type TemporaryIndex } from '../../infra/local/temporary-index.ts';
import type { CapacityMeter } from '../../lib/domain/capacity-meter.ts';
import type { SegmentId, TenantId } from '../../lib/domain/ids.ts';
import type { SegmentEntry } from '../../lib/index/segment/manifest.ts';
import { segmentOf, type Words } from './segments.ts';

/** Pictures of a deep index, of three segments. */
export const DEEP_DOCS = 24_000;
const WORDS = ['dog', 'red', 'car', 'tree', 'street', 'person'];

/** Numbers that look drawn, the same in every run. */
export const drawn = (i: number, salt: number): number =>
  (Math.imul(i ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b) >>> 8) / 2 ** 24;

/** An index in which words have thousands of hits. @param factsOf terms that picture i has besides its words */
export async function openDeepIndex(
  tenant: TenantId,
  meter: CapacityMeter,
  factsOf: (i: number) => Words = () => [],
): Promise<TemporaryIndex> {
  const store = await openTemporaryIndex({ meter });
  const documents = Array.from({ length: DEEP_DOCS }, (_, i) => [
    ...WORDS.flatMap((word, w) =>
      drawn(i, w) < 0.6 / (1 + w * 0.3) ? Array<string>(1 + Math.floor(drawn(i, w + 10) * 6)).fill(word) : [],
    ),
    ...Array.from(
      { length: 10 + Math.floor(drawn(i, 20) * 50) },
      (_, n) => `w${Math.floor(drawn(i, 30 + n) ** 3 * 3_000)}`,
    ),
    ...factsOf(i),
  ]);
  const segments: SegmentEntry[] = [];
  for (const [i, from, to] of [
    [0, 0, 16_000],
    [1, 16_000, 22_000],
    [2, 22_000, DEEP_DOCS],
  ] as const) {
    const batch = documents.slice(from, to).toSorted((a, b) => a.length - b.length);
    const { items, entry } = segmentOf(batch, from);
    const id = `segment-${i}` as SegmentId;
    await store.deps.segments.write(
      tenant,
      id,
      Array.from(items, ([sk, body]) => ({ sk, body })),
    );
    segments.push({ ...entry, id });
  }
  await store.deps.manifests.commit(tenant, { version: 1, segments, merges: [] });
  return store;
}
