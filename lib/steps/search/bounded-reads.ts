import { GlossError } from '../../domain/errors.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';

/** What an eventually consistent read of up to 4 KB takes ("DynamoDB read consistency", DynamoDB Developer Guide). */
const UNITS_OF_READ = 0.5;
const BYTES_OF_READ = 4_096;

/**
 * Read units of the index that one search may take, as if nothing were cached, so that the same query is answered or refused
 * alike. It is three times what 64 common words take.
 */
export const MAX_SEARCH_UNITS = 2_000;

/**
 * A store for one request that refuses to read on above so many units. What is not known before a read is at least the smallest.
 * @throws GlossError `invalid` that names the query
 */
export function boundedReads(segments: SegmentStore, maxUnits: number): SegmentStore {
  let units = 0;
  const pay = (more: number) => {
    units += more;
    if (units > maxUnits) throw tooCostly(maxUnits);
  };
  const beyondSmallest = (bytes: number) => Math.max(0, Math.ceil(bytes / BYTES_OF_READ) - 1) * UNITS_OF_READ;
  async function paid<Body extends Uint8Array | undefined>(count: number, read: () => Promise<Body[]>) {
    pay(count * UNITS_OF_READ);
    const bodies = await read();
    pay(bodies.reduce((sum, body) => sum + beyondSmallest(body?.length ?? 0), 0));
    return bodies;
  }
  return {
    async findDirectory(tenant, segmentId, term, options) {
      pay(UNITS_OF_READ);
      const item = await segments.findDirectory(tenant, segmentId, term, options);
      pay(beyondSmallest(item?.body.length ?? 0));
      return item;
    },
    read: (tenant, keys) => paid(keys.length, () => segments.read(tenant, keys)),
    readIfThere: (tenant, keys) => paid(keys.length, () => segments.readIfThere(tenant, keys)),
    readAll: (tenant, segmentId) => segments.readAll(tenant, segmentId),
    write: (tenant, segmentId, items) => segments.write(tenant, segmentId, items),
    drop: (tenant, segmentId) => segments.drop(tenant, segmentId),
  };
}

const tooCostly = (maxUnits: number) =>
  new GlossError(
    'invalid',
    'query_too_costly',
    `q: this query reads more of the index than ${maxUnits} read units: take fewer words, or longer beginnings before "*"`,
    { place: { field: 'q' } },
  );
