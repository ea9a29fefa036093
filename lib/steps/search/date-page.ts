import { liveDocs } from '../../index/segment/manifest.ts';
import type { DateOrder } from '../../domain/calendar-date.ts';
import type { ImageId, ImageState, TenantId } from '../../domain/ids.ts';
import { countDocs, matchSets, without, type DocSets } from '../../query/evaluate/match-sets.ts';
import { docFreqIn, missingChunks, type SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import { RERANK_NOTHING } from '../../query/hits/score-views.ts';
import { termsToRead } from '../../query/plan/query-terms.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import { timeOfFile } from '../../text/fact-terms.ts';
import type { IndexReader } from '../index/index-reader.ts';
import { findMatches } from './find-matches.ts';
import { toFoundImage, type FoundImage } from './found-image.ts';
import { loadImages, MAX_LOADED, type LoadDeps } from './load-candidates.ts';
import { answerOf, type Page } from './pages.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { describeDocuments, thoseThatMayMatch, type RankedDocument, type Ranking } from './rank-documents.ts';
import { MAX_CHECKED } from './rank-matches.ts';
import { walkDates, type DateBucket, type DatePlace, type ImageAt, type LastDocument } from './walk-dates.ts';

/** A document that is to be looked at, and its place. */
interface Dated {
  /** Absent for one that cannot match by the places of its words. */
  readonly document?: RankedDocument;
  readonly place: LastDocument;
}

interface DatePageRequest {
  readonly place: DatePlace;
  /** Hits wanted, at most 100. */
  readonly limit: number;
  readonly params: Bm25Params;
}

export type DatePage = Page & Pick<Ranking, 'docFreqs'>;

export const beginningOf = (order: DateOrder): DatePlace => ({ order, tier: 0, looked: 0, found: 0 });

/**
 * A page of an answer by date. Tier by tier, images come by the moment at which they were taken, or the day on which they came, and then by id; of
 * more than 100 of one hour, of a day without a time or without a date, in the order of the index.
 * It reads the lists of the query whole, and those of the periods that the page comes by. It loads the glosses of the periods that it sorts, of at
 * most 100 images at its beginning and at its end each.
 */
export async function datePage(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  { place, limit, params }: DatePageRequest,
): Promise<DatePage> {
  const { compiled } = prepared;
  const all = [...compiled.tiers, compiled.terms];
  const terms = [...new Set(all.flatMap(termsToRead))];
  const postings = await index.postings(terms);
  const unread = missingChunks(postings, terms);
  if (unread.length > 0) await index.readChunks(postings, unread);
  const start = performance.now();
  const found = all.map((tier) => matchSets(postings, tier));
  const evaluateMs = performance.now() - start;
  const total = countDocs(found.at(-1)!);
  const most = compiled.needsGloss ? MAX_CHECKED : limit;

  const hits: FoundImage[] = [];
  let at = place;
  let isStopped = false;
  const buckets = walkTiers(index, found, place, Math.max(limit, LEAST_DIVIDED));
  for await (const { tier, ...bucket } of buckets) {
    if (tier !== at.tier) at = { order: at.order, tier, looked: at.looked, found: at.found };
    const left = { hits: limit - hits.length, looks: most - (at.looked - place.looked) };
    const dated = await documentsOf(deps, tenant, bucket, {
      index,
      postings,
      prepared,
      params,
      at,
      looks: left.looks,
    });
    const looks = dated.slice(0, left.looks);
    const { candidates, checked } = await findMatches(
      deps,
      tenant,
      prepared,
      looks.map(({ document }) => document),
      left.hits,
    );
    const shown = candidates.slice(0, left.hits);
    hits.push(...shown.map((candidate) => toFoundImage(candidate, prepared, RERANK_NOTHING)));
    // Of the round in which the page became full, those that do not fit are found again.
    const lookedAt =
      candidates.length > left.hits
        ? looks.findIndex(({ document }) => document?.imageId === shown.at(-1)!.imageId) + 1
        : checked;
    const last = looks[lookedAt - 1]?.place;
    at = { ...at, looked: at.looked + lookedAt, ...(last && { last }) };
    isStopped = hits.length >= limit || lookedAt < dated.length || at.looked - place.looked >= most;
    if (isStopped) break;
  }
  const hasMore = isStopped && at.looked < total;
  const next = { ...at, found: place.found + hits.length };
  const counts = found.map((sets) => ({ total: countDocs(sets), totalIs: 'exact' as const }));
  const figures = {
    docCount: liveDocs(index.manifest),
    segments: postings.length,
    postings: postings.reduce(
      (sum, { lists }) => [...lists.values()].reduce((count, { docFreq }) => count + docFreq, sum),
      0,
    ),
    evaluateMs,
  };
  const ranking = { total, totalIs: 'exact' as const, tiers: counts, figures };
  const docFreqs = new Map(compiled.terms.scoring.map(({ term }) => [term, docFreqIn(postings, term)]));
  const answered = { hits, ...(hasMore && { next }), hasMore };
  return { ...answerOf(prepared, ranking, { rank: at.looked, found: next.found }, answered), docFreqs };
}

/** Periods of fewer images are not divided, however small a page is. */
const LEAST_DIVIDED = 20;

/** Of each tier what those before do not have. */
async function* walkTiers(
  index: IndexReader,
  found: readonly DocSets[],
  { order, tier: first, last }: DatePlace,
  atMost: number,
): AsyncGenerator<DateBucket & { readonly tier: number }> {
  for (let tier = first; tier < found.length; tier += 1) {
    const own = found.slice(0, tier).reduce(without, found[tier]!);
    const from = tier === first ? last?.time : undefined;
    for await (const bucket of walkDates(own, { index, order, atMost, from })) yield { ...bucket, tier };
  }
}

/** The documents of a bucket behind a place, in their order; no more than are looked at where all of them cannot be sorted. */
async function documentsOf(
  deps: LoadDeps,
  tenant: TenantId,
  { period, isRest, docs }: DateBucket,
  {
    index,
    postings,
    prepared,
    params,
    at,
    looks,
  }: {
    readonly index: IndexReader;
    readonly postings: readonly SegmentPostings[];
    readonly prepared: PreparedQuery;
    readonly params: Bm25Params;
    readonly at: DatePlace;
    readonly looks: number;
  },
): Promise<Dated[]> {
  const { order, tier, looked, last } = at;
  const describe = (some: readonly number[]) =>
    describeDocuments(index, postings, prepared.compiled.terms, some, { params, tier, from: looked });
  if (docs.length > MAX_LOADED) {
    if (last && isBehind(order, last.time, period)) return [];
    // The newest are mostly those that were indexed last.
    const inOrder = order === 'newest' ? docs.toReversed() : docs;
    const from = last && 'doc' in last && last.time === period ? last.doc : undefined;
    const isNext = (doc: number) => from === undefined || (order === 'newest' ? doc < from : doc > from);
    const next = inOrder.filter(isNext).slice(0, looks + 1);
    const mayMatch = await thoseThatMayMatch(
      index,
      postings,
      next.map((doc) => ({ doc })),
      prepared.phrases,
    );
    const described = await describe(mayMatch.map(({ doc }) => doc));
    const documentOf = new Map(mayMatch.map(({ doc }, i) => [doc, described[i]!]));
    return next.map((doc, i) => {
      const document = documentOf.get(doc);
      return {
        ...(document && { document: { ...document, rank: looked + i } }),
        place: { time: period, doc },
      };
    });
  }
  const documents = await describe(docs);
  const times = await timesOf(deps, tenant, documents);
  return documents
    .map((document) => ({
      document,
      place: {
        time: isRest ? period : timeWithin(period, times.get(document.imageId)),
        imageId: document.imageId,
      },
    }))
    .filter(({ place }) => !last || isBehindLast(order, place, last))
    .toSorted((a, b) => compareDated(order)(a.place, b.place))
    .map(({ document, place }, i) => ({ document: { ...document, rank: looked + i }, place }));
}

/** When images were taken or came; those of which it is not known are left out. */
async function timesOf(
  deps: LoadDeps,
  tenant: TenantId,
  states: readonly ImageState[],
): Promise<ReadonlyMap<ImageId, string>> {
  const images = await loadImages(deps, tenant, states);
  return new Map(
    Array.from(images).flatMap(([imageId, { gloss }]) => {
      const time = timeOfFile(gloss.file);
      return time === undefined ? [] : [[imageId, time]];
    }),
  );
}

/** A gloss may have been replaced since the snapshot: its document stays where that has it. */
const timeWithin = (period: string, time = ''): string => (time.startsWith(period) ? time : period);

const isBehindLast = (order: DateOrder, place: ImageAt, last: LastDocument): boolean =>
  'doc' in last ? isBehind(order, place.time, last.time) : compareDated(order)(place, last) > 0;

const compareDated =
  (order: DateOrder) =>
  (a: ImageAt, b: ImageAt): number => {
    if (a.time !== b.time) return isBehind(order, a.time, b.time) ? 1 : -1;
    return a.imageId < b.imageId ? -1 : Number(a.imageId > b.imageId);
  };

/** Whether a time comes behind another; what has none comes last. */
const isBehind = (order: DateOrder, time: string, other: string): boolean =>
  time !== other && (time === '' || (other !== '' && (order === 'newest' ? time < other : time > other)));
