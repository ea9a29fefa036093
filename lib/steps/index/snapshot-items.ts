import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { decodeOnce } from '../../index/bytes/decode-once.ts';
import { Deletions } from '../../index/segment/deletions.ts';
import type { Directory } from '../../index/segment/directory-entry.ts';
import { checkedDirectory } from '../../index/segment/checked-directory.ts';
import { answersFor, openDirectory } from '../../index/segment/directory.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { readSingleItemSegment, type SingleItemSegment } from '../../index/segment/single-item-segment.ts';
import { deletionsKey, SINGLE_ITEM_KEY } from '../../index/segment/sort-keys.ts';
import type { ItemKey, SegmentStore } from '../../ports/segment-store.ts';

const singleItems = new WeakMap<Uint8Array, SingleItemSegment>();

/**
 * The items of one snapshot of a tenant's index, decoded. Items never change, so two reads of one item agree.
 * Every method may throw GlossError `corrupt`; its code is `segment_item_missing` when an item is not there, which
 * happens to a reader that was held up until its segments were merged and dropped.
 */
export class SnapshotItems {
  readonly segments: readonly SegmentEntry[];
  readonly #store: SegmentStore;
  readonly #tenant: TenantId;
  readonly #live: ReadonlySet<SegmentEntry>;

  constructor(store: SegmentStore, tenant: TenantId, segments: readonly SegmentEntry[]) {
    this.#store = store;
    this.#tenant = tenant;
    this.segments = segments;
    this.#live = new Set(segments);
  }

  /** Bodies in the order of the keys, in one round. */
  read(keys: readonly ItemKey[]): Promise<Uint8Array[]> {
    return this.#store.read(this.#tenant, keys);
  }

  /** As `read`, with undefined for items that are not there. Strongly consistent. */
  readIfThere(keys: readonly ItemKey[]): Promise<(Uint8Array | undefined)[]> {
    return this.#store.readIfThere(this.#tenant, keys);
  }

  /** The directory that answers for a term: read eventually consistent, and again strongly if that came too early. */
  async directory(segment: SegmentEntry, term: string): Promise<Directory> {
    if (segment.isSingleItem) return (await this.singleItem(segment)).directory;
    const segmentId = segment.id;
    for (const consistent of [false, true]) {
      const found = await this.#store.findDirectory(this.#tenant, segmentId, term, { consistent });
      if (!found) continue;
      const directory = openDirectory(found.body, { segmentId, sk: found.sk });
      if (answersFor(directory, term)) return checkedDirectory(directory, segment);
    }
    const message = `segment ${segmentId}: no directory for "${term}"`;
    throw new GlossError('corrupt', 'segment_item_missing', message);
  }

  /** A segment that lies in one item. */
  async singleItem(segment: SegmentEntry): Promise<SingleItemSegment> {
    const key = { segmentId: segment.id, sk: SINGLE_ITEM_KEY };
    const [body] = await this.read([key]);
    return decodeOnce(singleItems, body!, () => readSingleItemSegment(body!, key, segment));
  }

  /** The deletions of those of the segments that have any, in one round. */
  async deletions(segments: readonly SegmentEntry[]): Promise<ReadonlyMap<SegmentEntry, Deletions>> {
    const touched = segments.filter((segment) => segment.deletions !== '');
    const keys = touched.map((segment) => ({ segmentId: segment.id, sk: deletionsKey(segment.deletions) }));
    const bodies = await this.read(keys);
    return new Map(
      touched.map((segment, i) => {
        // A merge that is taken up again asks for the deletions of its beginning; the manifest counts those of now.
        const deleted = this.#live.has(segment) ? segment.deleted : undefined;
        return [segment, Deletions.decode(bodies[i]!, { ...segment, deleted }, keys[i]!)];
      }),
    );
  }
}
