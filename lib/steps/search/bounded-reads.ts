import { GlossError } from '../../domain/errors.ts';
import type { ImageId } from '../../domain/ids.ts';
import type { StoredGloss } from '../../ports/glosses.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { LoadDeps } from './load-candidates.ts';

/** What an eventually consistent read of up to 4 KB takes ("DynamoDB read consistency", DynamoDB Developer Guide). */
const UNITS_OF_READ = 0.5;
/** The same for a strongly consistent one, as records are read. */
const UNITS_OF_STRONG_READ = 1;
const BYTES_OF_READ = 4_096;

/** Read units that one search or completion may take. */
export interface ReadBounds {
  /**
   * Of the index, as if nothing were cached, so that the same query is answered or refused alike. docs/security.md has what the
   * worst queries take.
   */
  readonly indexUnits: number;
  /**
   * Of records and glosses, as if nothing were cached. It is above what any query can take as long as glosses have at most 100 KB, so
   * that nothing is refused for what a tenant's own images are like.
   */
  readonly loadUnits: number;
  /** Of records and glosses, after which no further ones are looked at to find what only they can decide. */
  readonly enoughLoadUnits: number;
}

export const READ_BOUNDS: ReadBounds = { indexUnits: 2_000, loadUnits: 6_000, enoughLoadUnits: 1_500 };

/**
 * A store for one request that refuses to read on above so many units. What is not known before a read is at least the smallest.
 * @param field the parameter of the request that a refusal names
 * @throws GlossError `invalid`
 */
export function boundedReads(segments: SegmentStore, maxUnits: number, field = 'q'): SegmentStore {
  const { pay } = meterUpTo(maxUnits, () => tooCostly('the index', maxUnits, field));
  const beyondSmallest = (bytes: number) => Math.max(0, Math.ceil(bytes / BYTES_OF_READ) - 1) * UNITS_OF_READ;
  async function paid<Body extends Uint8Array | undefined>(count: number, read: () => Promise<Body[]>) {
    pay(count * UNITS_OF_READ);
    const bodies = await read();
    pay(bodies.reduce((sum, body) => sum + beyondSmallest(body?.length ?? 0), 0));
    return bodies;
  }
  return {
    async findDirectory(tenant, segmentId, spelling, options) {
      pay(UNITS_OF_READ);
      const item = await segments.findDirectory(tenant, segmentId, spelling, options);
      pay(beyondSmallest(item?.body.length ?? 0));
      return item;
    },
    // As if all of them were read: how many a cache gives says nothing of that.
    async readDirectories(tenant, segmentId, spellings, mostBytes) {
      pay(UNITS_OF_READ + beyondSmallest(mostBytes));
      return segments.readDirectories(tenant, segmentId, spellings, mostBytes);
    },
    read: (tenant, keys) => paid(keys.length, () => segments.read(tenant, keys)),
    readIfThere: (tenant, keys) => paid(keys.length, () => segments.readIfThere(tenant, keys)),
    readAll: (tenant, segmentId) => segments.readAll(tenant, segmentId),
    write: (tenant, segmentId, items) => segments.write(tenant, segmentId, items),
    drop: (tenant, segmentId) => segments.drop(tenant, segmentId),
  };
}

/** Records and glosses of one request. */
export interface BoundedLoads extends LoadDeps {
  /** Whether so little was read that more may be looked at. */
  readonly mayLookAtMore: () => boolean;
}

/**
 * Records and glosses for one request: refuses to read on above so many units, and reads no gloss twice.
 * @throws GlossError `invalid`
 */
export function boundedLoads(
  { records, glosses }: LoadDeps,
  { loadUnits: maxUnits, enoughLoadUnits }: Omit<ReadBounds, 'indexUnits'>,
  field = 'q',
): BoundedLoads {
  const meter = meterUpTo(maxUnits, () => tooCostly('records and glosses', maxUnits, field));
  const known = new Map<ImageId, StoredGloss>();
  return {
    mayLookAtMore: () => meter.units() < enoughLoadUnits,
    records: {
      async getMany(tenant, imageIds) {
        meter.pay(imageIds.length * UNITS_OF_STRONG_READ);
        return records.getMany(tenant, imageIds);
      },
    },
    glosses: {
      async ofStates(tenant, states) {
        const fresh = states.filter(({ imageId }) => !known.has(imageId));
        meter.pay(fresh.length * UNITS_OF_READ);
        const read =
          fresh.length > 0 ? await glosses.ofStates(tenant, fresh) : new Map<ImageId, StoredGloss>();
        for (const [id, gloss] of read) {
          known.set(id, gloss);
          meter.pay((Math.max(1, Math.ceil(bytesOf(gloss) / BYTES_OF_READ)) - 1) * UNITS_OF_READ);
        }
        return new Map(
          states.flatMap(({ imageId }) => (known.has(imageId) ? [[imageId, known.get(imageId)!]] : [])),
        );
      },
    },
  };
}

const sizes = new WeakMap<StoredGloss, number>();

/** Of the item that holds it. Glosses that an instance keeps are measured once. */
function bytesOf(gloss: StoredGloss): number {
  const known = sizes.get(gloss);
  if (known !== undefined) return known;
  const bytes = ITEM_BYTES + Buffer.byteLength(JSON.stringify(gloss));
  sizes.set(gloss, bytes);
  return bytes;
}
/** Keys and sequencer beside the gloss. */
const ITEM_BYTES = 200;

function meterUpTo(maxUnits: number, refusal: () => GlossError) {
  let units = 0;
  return {
    units: () => units,
    pay: (more: number): void => {
      units += more;
      if (units > maxUnits) throw refusal();
    },
  };
}

const tooCostly = (what: string, maxUnits: number, field: string) =>
  new GlossError(
    'invalid',
    'query_too_costly',
    `${field}: this query reads more of ${what} than ${maxUnits} read units: take fewer words, or longer beginnings of words`,
    { place: { field } },
  );
