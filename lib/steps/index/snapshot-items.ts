import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { decodeOnce } from '../../index/bytes/decode-once.ts';
import { Deletions } from '../../index/segment/deletions.ts';
import type { Directory } from '../../index/segment/directory-entry.ts';
import { checkedDirectory } from '../../index/segment/checked-directory.ts';
import { compareUtf8 } from '../../index/bytes/utf8-order.ts';
import { answersFor, openDirectory } from '../../index/segment/directory.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { readSingleItemSegment, type SingleItemSegment } from '../../index/segment/single-item-segment.ts';
import { DIRECTORY_START, deletionsKey, SINGLE_ITEM_KEY } from '../../index/segment/sort-keys.ts';
import { compareTerms, spellingOf } from '../../index/segment/term-spelling.ts';
import type { ItemKey, SegmentStore } from '../../ports/segment-store.ts';

/** What DynamoDB charges as one read. */
const BYTES_OF_READ = 4_096;
/** A document takes so many bytes of its page at least: its image id, and its length. */
const LEAST_DOCUMENT_BYTES = 17;

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
    const spelling = spellingOf(term, segment.format);
    for (const consistent of [false, true]) {
      const found = await this.#store.findDirectory(this.#tenant, segmentId, spelling, { consistent });
      if (!found) continue;
      const directory = openDirectory(found.body, { segmentId, sk: found.sk });
      if (answersFor(directory, spelling)) return checkedDirectory(directory, segment);
    }
    const message = `segment ${segmentId}: no directory for "${term}"`;
    throw new GlossError('corrupt', 'segment_item_missing', message);
  }

  /**
   * The directories that answer for terms. A word and its class mostly have the same, which is read once: one round, and a second one where they do not.
   * A segment of no more directories than there are terms is asked for all of them.
   */
  async directories(segment: SegmentEntry, terms: readonly string[]): Promise<(term: string) => Directory> {
    const { format } = segment;
    const families = [...Map.groupBy(new Set(terms), (term) => wordOf(spellingOf(term, format))).values()];
    const all = await this.#allDirectories(
      segment,
      families.map(([term]) => spellingOf(term!, format)),
    );
    const found = new Map<string, Directory>();
    await Promise.all(
      families.map(async (family) => {
        let directory: Directory | undefined;
        // The last one first: where its directory begins early enough, that has the others, too.
        for (const term of family.toSorted((a, b) => compareTerms(b, a, format))) {
          if (!directory || !beginsBefore(directory, spellingOf(term, format)))
            directory = all?.(term) ?? (await this.directory(segment, term));
          found.set(term, directory);
        }
      }),
    );
    return (term) => found.get(term)!;
  }

  /**
   * All directories of a segment in one round, or those of these spellings if they are at hand, by the terms that they answer for; undefined where
   * they would cost more reads than one for each spelling, as far as the manifest tells. What had not arrived yet is undefined, too.
   */
  async #allDirectories(
    segment: SegmentEntry,
    spellings: readonly string[],
  ): Promise<((term: string) => Directory | undefined) | undefined> {
    const { id: segmentId, bytes, docs, isSingleItem, format } = segment;
    const mostBytes = bytes - docs * LEAST_DOCUMENT_BYTES;
    if (isSingleItem || mostBytes > spellings.length * BYTES_OF_READ) return undefined;
    const items = await this.#store.readDirectories(this.#tenant, segmentId, spellings, mostBytes);
    const directories = items.map(({ sk, body }) =>
      checkedDirectory(openDirectory(body, { segmentId, sk }), segment),
    );
    return (term) => {
      const spelling = spellingOf(term, format);
      const directory = directories.findLast((one) => beginsBefore(one, spelling));
      return directory && answersFor(directory, spelling) ? directory : undefined;
    };
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

/** The first word of a term: what begins with it stands together. */
const wordOf = (spelling: string): string => spelling.split(' ', 1)[0]!;

/** Whether a directory begins at a spelling or before it. */
const beginsBefore = ({ item: { sk } }: Directory, spelling: string): boolean =>
  compareUtf8(sk.slice(DIRECTORY_START.length), spelling) <= 0;
