import { GlossError } from '../../domain/errors.ts';
import {
  segmentMadeAtMs,
  type ImageId,
  type SegmentId,
  type Sequencer,
  type TenantId,
} from '../../domain/ids.ts';
import { LOST_NAME, plusSize, type ImageRecord } from '../../domain/image.ts';
import { isWithoutWords } from '../../domain/image-state.ts';
import type { KeptTotals, Totals } from '../../domain/usage.ts';
import { isReadable, isUnreadable, readableOnes, type UnreadableOfImage } from '../../domain/unreadable.ts';
import type { Glosses, StoredGloss } from '../../ports/glosses.ts';
import type { ImageRecords, StoredRecord } from '../../ports/image-records.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { StoredSegments } from '../../ports/stored-segments.ts';
import { findOwn } from '../images/find-own.ts';
import { withoutThumbnail } from '../images/lost-thumbnails.ts';
import { namedSegments, type Manifest, type SegmentEntry } from '../../index/segment/manifest.ts';
import { checkAnalysis } from './check/check-analysis.ts';
import { checkNumbered, checkPostings } from './check/check-segment-items.ts';
import { DROP_DELAY_SEC } from './drop-segments.ts';
import { WORKERS_GONE_SEC } from './index-writer.ts';
import { openIndex, type IndexReader, type IndexReaderDeps } from './index-reader.ts';

export interface CheckTenantDeps extends IndexReaderDeps {
  readonly records: Pick<ImageRecords, 'list' | 'getMany' | 'totals'>;
  readonly glosses: Pick<Glosses, 'getMany'>;
  readonly storedSegments: StoredSegments;
  readonly tenants: TenantReader;
  readonly objectTimes: ObjectTimes;
  readonly objects: Pick<ObjectStore, 'isThere'>;
  readonly clock: Clock;
}

/**
 * What can differ. `not_indexed`: searchable by its record, and no document; `other_state`: its document is of another state
 * than its record; `unreadable_record`, `unreadable_gloss`: it is there and cannot be read; `no_gloss`: described or searchable, and the words are not there; `no_original`: searchable by an upload,
 * and the picture is not there; `no_thumbnail`: the same of what shows it; `no_record`: a document, and no image; `left_in_index`: a document of an image that was removed, or failed; `corrupt`: the index cannot be read there; `unnamed`: a
 * segment that no manifest names and that was left; `totals`: the sums of the tenant are
 * not those of its records, or no numbers; `other_language`: its words are not in its language; `other_analyser`: they were analysed in another way than
 * queries are now.
 */
export const DIFFERENCES = [
  'not_indexed',
  'other_state',
  'unreadable_record',
  'unreadable_gloss',
  'no_gloss',
  'no_original',
  'no_thumbnail',
  'no_record',
  'left_in_index',
  'corrupt',
  'unnamed',
  'totals',
  'other_language',
  'other_analyser',
] as const;

export interface Difference {
  readonly what: (typeof DIFFERENCES)[number];
  readonly imageId?: ImageId;
  /** Of the image, where its record says it. */
  readonly name?: string;
  readonly segmentId?: SegmentId;
  readonly detail?: string;
}

/**
 * Where a check goes on: among the records, with the sums so far; in a segment of the index, of which it looks at the
 * documents, then at the lists, then at all items that have numbers; or among what the table of the index holds.
 */
export type CheckPlace =
  | {
      readonly in: 'records';
      readonly after?: ImageId;
      /** Absent once one of them could not be read. */
      readonly sum?: Totals;
      /** As the tenant's items said when the check began. */
      readonly totals: KeptTotals;
    }
  | {
      readonly in: 'documents';
      readonly segmentId?: SegmentId;
      readonly docId: number;
      readonly begun: number;
    }
  | {
      readonly in: 'postings';
      readonly segmentId: SegmentId;
      readonly term: string;
      readonly begun: number;
    }
  | {
      readonly in: 'items';
      readonly segmentId: SegmentId;
      readonly item: number;
      readonly begun: number;
    }
  | { readonly in: 'segments'; readonly start?: string };

export interface CheckedPage {
  readonly differences: readonly Difference[];
  /** Seen in this page. */
  readonly images: number;
  readonly documents: number;
  /** Segments that no manifest names any more or yet, and that are dropped by themselves: no difference. */
  readonly waiting: number;
  /** Absent when all is seen. */
  readonly next?: CheckPlace;
}

/** Images or documents of one call: five batches of the ports. */
const PAGE = 500;
const BATCH = 100;
/** Merges may take away the segment that a check was in; it then begins with the segments again, so often at most. */
const MAX_BEGINNINGS = 10;

/**
 * Compares a part of what a tenant has: its records and glosses with its index, then its index with its records. It
 * changes nothing. What changes while it is looked at is no difference: whatever seems one is read again. Cost: 500
 * images, with their glosses, 500 documents, or some 8 MB of other items.
 * @throws GlossError `conflict` where merges take segments away faster than they are read
 */
export async function checkTenant(
  deps: CheckTenantDeps,
  tenant: TenantId,
  place?: CheckPlace,
): Promise<CheckedPage> {
  if (place?.in === 'segments') return checkSegments(deps, tenant, place.start);
  if (place && place.in !== 'records') return checkSegment(deps, tenant, place);
  return checkRecords(
    deps,
    tenant,
    place ?? {
      in: 'records',
      sum: { images: 0, bytes: 0 },
      totals: await keptTotals(deps, tenant),
    },
  );
}

async function keptTotals({ records }: CheckTenantDeps, tenant: TenantId): Promise<KeptTotals> {
  const { images, bytes, moves } = await records.totals(tenant);
  return { images, bytes, moves };
}

async function checkRecords(
  deps: CheckTenantDeps,
  tenant: TenantId,
  place: Extract<CheckPlace, { in: 'records' }>,
): Promise<CheckedPage> {
  const differences: Difference[] = [];
  let { after } = place;
  let sum: Totals | undefined = place.sum;
  let [looked, images] = [0, 0];
  do {
    const page = await deps.records.list(tenant, { limit: BATCH, ...(after !== undefined && { after }) });
    looked += page.records.length;
    // What was deleted is remembered for a while, and is no image.
    images += page.records.filter((record) => isUnreadable(record) || record.status !== 'removed').length;
    const whole = readableOnes(page.records);
    sum = whole.length === page.records.length && sum ? whole.reduce(plusSize, sum) : undefined;
    differences.push(...(await checkImages(deps, tenant, page.records)));
    after = page.next;
  } while (after !== undefined && looked < PAGE);
  const { totals } = place;
  if (after !== undefined) {
    const next = { in: 'records' as const, totals, after, ...(sum && { sum }) };
    return { differences, images, documents: 0, waiting: 0, next };
  }
  const now = await deps.records.totals(tenant);
  // Sums that moved meanwhile belong to no one state of the records.
  const isStill = now.moves === totals.moves;
  if (now.damage !== undefined) differences.push({ what: 'totals', detail: now.damage });
  else if (isStill && sum && (now.images !== sum.images || now.bytes !== sum.bytes))
    differences.push({
      what: 'totals',
      detail: `${now.images} images and ${now.bytes} bytes where the records have ${sum.images} and ${sum.bytes}`,
    });
  const otherwise = (await checkAnalysis(deps, tenant)) && (await checkAnalysis(deps, tenant));
  if (otherwise) differences.push(otherwise);
  return { differences, images, documents: 0, waiting: 0, next: { in: 'documents', docId: 0, begun: 1 } };
}

/** What seems to differ of images, if it still does when they are read again. */
async function checkImages(
  deps: CheckTenantDeps,
  tenant: TenantId,
  records: readonly StoredRecord[],
): Promise<Difference[]> {
  const seeming = await differencesOf(deps, tenant, records);
  if (seeming.length === 0 || seeming[0]!.what === 'corrupt') return seeming;
  const ids = seeming.flatMap(({ imageId }) => imageId ?? []);
  const again = await deps.records.getMany(tenant, ids);
  return differencesOf(deps, tenant, [...again.values()]);
}

async function differencesOf(
  deps: CheckTenantDeps,
  tenant: TenantId,
  records: readonly StoredRecord[],
): Promise<Difference[]> {
  const whole = readableOnes(records).filter(
    ({ status }) => status === 'described' || status === 'searchable',
  );
  const ids = whole.map(({ imageId }) => imageId);
  const glosses = await deps.glosses.getMany(tenant, ids);
  // Opened after the records were read: what they call searchable was committed before.
  const index = await openIndex(deps, tenant);
  const searchable = whole.filter(({ status }) => status === 'searchable');
  const indexed = await readable(() => index.documentsOf(searchable.map(({ imageId }) => imageId)));
  const unread = indexed instanceof GlossError ? [corruptAt(indexed)] : [];
  const found: Difference[] = [
    ...unread,
    ...records.filter(isUnreadable).map(unreadableAt),
    ...(await withoutPicture(deps, tenant, searchable)),
    ...whole.flatMap((record) => {
      const wordless = withoutGloss(record, glosses.get(record.imageId));
      if (record.status !== 'searchable' || indexed instanceof GlossError) return wordless;
      const otherwise = otherwiseIndexed(record, indexed.get(record.imageId)?.sequencer);
      // An index that is made again would leave out what has no words: they come first.
      return [
        ...wordless,
        ...otherwise.filter(({ what }) => what !== 'not_indexed' || wordless.length === 0),
      ];
    }),
  ];
  const recordOf = new Map(records.map((record) => [record.imageId, record]));
  return found.map((difference) => named(difference, difference.imageId && recordOf.get(difference.imageId)));
}

function named(difference: Difference, record: StoredRecord | undefined): Difference {
  const name = isUnreadable(record) ? record.known.name : record?.name;
  return name === undefined || name === LOST_NAME ? difference : { ...difference, name };
}

/** Costs two requests to S3 an upload. */
async function withoutPicture(
  { tenants, objectTimes, objects }: CheckTenantDeps,
  tenant: TenantId,
  searchable: readonly ImageRecord[],
): Promise<Difference[]> {
  const account = await tenants.get(tenant);
  if (!account) return [];
  const uploads = searchable.filter(({ source }) => source === 'upload');
  const [originals, unshown] = await Promise.all([
    Promise.all(uploads.map(({ name }) => findOwn(objectTimes, account, name))),
    withoutThumbnail(objects, tenant, uploads),
  ]);
  return [
    ...uploads
      .filter((_, i) => !originals[i])
      .map(({ imageId }): Difference => ({ what: 'no_original', imageId })),
    ...unshown.map(({ imageId }): Difference => ({ what: 'no_thumbnail', imageId })),
  ];
}

function withoutGloss({ imageId, sequencer }: ImageRecord, gloss: StoredGloss | undefined): Difference[] {
  if (isUnreadable(gloss)) return [unreadableAt(gloss)];
  return gloss?.sequencer === sequencer ? [] : [{ what: 'no_gloss', imageId }];
}

const unreadableAt = ({ what, imageId, reason }: UnreadableOfImage): Difference => ({
  what: `unreadable_${what}`,
  imageId,
  detail: reason,
});

const otherwiseIndexed = (
  { imageId, sequencer }: ImageRecord,
  indexed: Sequencer | undefined,
): Difference[] => {
  if (indexed === undefined) return [{ what: 'not_indexed', imageId }];
  return indexed === sequencer ? [] : [{ what: 'other_state', imageId }];
};

type PlaceInSegment = Exclude<CheckPlace, { readonly in: 'records' | 'segments' }>;

async function checkSegment(
  deps: CheckTenantDeps,
  tenant: TenantId,
  place: PlaceInSegment,
): Promise<CheckedPage> {
  const { segmentId, begun } = place;
  const index = await openIndex(deps, tenant);
  const { segments } = index.manifest;
  const at = segmentId === undefined ? 0 : segments.findIndex(({ id }) => id === segmentId);
  if (at < 0) {
    if (begun === MAX_BEGINNINGS)
      throw new GlossError('conflict', 'index_busy', 'segments are merged faster than they are looked at');
    return { ...NOTHING, next: { in: 'documents', docId: 0, begun: begun + 1 } };
  }
  const segment = segments[at];
  if (!segment) return { ...NOTHING, next: { in: 'segments' } };
  const whole = { segmentId: segment.id, begun };
  const lying = (lies: readonly string[]): Difference[] =>
    [...new Set(lies)].map((detail) => ({ what: 'corrupt', segmentId: segment.id, detail }));
  if (place.in === 'postings') {
    const { lies, next } = await checkPostings(deps.segments, tenant, segment, place.term);
    const going: CheckPlace =
      next === undefined ? { in: 'items', ...whole, item: 0 } : { in: 'postings', ...whole, term: next };
    return { ...NOTHING, differences: lying(lies), next: going };
  }
  if (place.in === 'items') {
    const { lies, next } = await checkNumbered(deps.segments, tenant, segment, place.item);
    const following = segments[at + 1]?.id;
    const going: CheckPlace =
      next !== undefined
        ? { in: 'items', ...whole, item: next }
        : following
          ? { in: 'documents', segmentId: following, docId: 0, begun }
          : { in: 'segments' };
    return { ...NOTHING, differences: lying(lies), next: going };
  }
  const upTo = Math.min(segment.docs, place.docId + PAGE);
  const { differences, documents } = await checkDocuments(deps, tenant, index, segment, place.docId);
  const next: CheckPlace =
    upTo < segment.docs ? { in: 'documents', ...whole, docId: upTo } : { in: 'postings', ...whole, term: '' };
  return { ...NOTHING, differences, documents, next };
}

const NOTHING = { differences: [], images: 0, documents: 0, waiting: 0 } as const;

async function checkDocuments(
  deps: CheckTenantDeps,
  tenant: TenantId,
  index: IndexReader,
  segment: SegmentEntry,
  docId: number,
): Promise<Pick<CheckedPage, 'differences' | 'documents'>> {
  const found = await readable(() => index.liveDocuments(segment, docId, PAGE));
  if (found instanceof GlossError)
    return { differences: [{ ...corruptAt(found), segmentId: segment.id }], documents: 0 };
  const differences: Difference[] = [];
  for (let from = 0; from < found.length; from += BATCH)
    differences.push(...(await ownerless(deps, tenant, found.slice(from, from + BATCH))));
  return { differences, documents: found.length };
}

/** Segments of which there are items, and no manifest that names them before or after they were looked for. */
async function checkSegments(
  { manifests, storedSegments, clock }: CheckTenantDeps,
  tenant: TenantId,
  start: string | undefined,
): Promise<CheckedPage> {
  const before = await manifests.read(tenant);
  const { segmentIds, next } = await storedSegments.list(tenant, start);
  const after = await manifests.read(tenant);
  const named = new Set([...namedSegments(before), ...namedSegments(after)]);
  const unnamed = segmentIds.filter((id) => !named.has(id));
  const changedAtMs = latestOf([...named, ...rebuiltIn(after)]);
  const left = unnamed.filter((id) => Math.max(changedAtMs, latestOf([id])) + WAITING_MS <= clock.nowMs());
  return {
    differences: left.map((segmentId) => ({ what: 'unnamed', segmentId })),
    images: 0,
    documents: 0,
    waiting: unnamed.length - left.length,
    ...(next !== undefined && { next: { in: 'segments', start: next } }),
  };
}

/**
 * A segment is dropped so long after the worker began that wrote it, or that wrote what takes its place. When a segment was left by its
 * manifest is written nowhere; it was no later than a worker's time after the newest segment that is named was begun.
 */
const WAITING_MS = (WORKERS_GONE_SEC + 2 * DROP_DELAY_SEC) * 1_000;

const latestOf = (ids: readonly SegmentId[]): number =>
  Math.max(...ids.map((id) => segmentMadeAtMs(id) ?? -Infinity));

/** The id of a rebuild is made as those of segments are. A new index without documents has no others. */
const rebuiltIn = ({ rebuilt }: Manifest): SegmentId[] =>
  rebuilt === undefined ? [] : [rebuilt as SegmentId];

/** Documents of no image, or of one that is to have none; if they are still in the index when their records were read. */
async function ownerless(
  deps: CheckTenantDeps,
  tenant: TenantId,
  documents: readonly { readonly imageId: ImageId; readonly sequencer: Sequencer }[],
): Promise<Difference[]> {
  const ids = documents.map(({ imageId }) => imageId);
  const records = await deps.records.getMany(tenant, ids);
  const seeming = documents.flatMap(({ imageId, sequencer }): [Difference, Sequencer][] => {
    const record = records.get(imageId);
    if (!record) return [[{ what: 'no_record', imageId }, sequencer]];
    return isReadable(record) && isWithoutWords(record, deps.clock.nowMs())
      ? [[named({ what: 'left_in_index', imageId }, record), sequencer]]
      : [];
  });
  if (seeming.length === 0) return [];
  const index: IndexReader = await openIndex(deps, tenant);
  const still = await readable(() => index.documentsOf(seeming.flatMap(([{ imageId }]) => imageId ?? [])));
  if (still instanceof GlossError) return [corruptAt(still)];
  return seeming.flatMap(([difference, sequencer]) =>
    still.get(difference.imageId!)?.sequencer === sequencer ? [difference] : [],
  );
}

async function readable<Read>(read: () => Promise<Read>): Promise<Read | GlossError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GlossError && error.kind === 'corrupt') return error;
    throw error;
  }
}

const corruptAt = ({ message }: GlossError): Difference => ({ what: 'corrupt', detail: message });
