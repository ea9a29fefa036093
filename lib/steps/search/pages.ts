import type { TenantId } from '../../domain/ids.ts';
import { RERANK_NOTHING, type RerankFactors } from '../../query/hits/score-views.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import type { IndexReader } from '../index/index-reader.ts';
import { findMatches } from './find-matches.ts';
import { compareFound, toFoundImage, type FoundImage } from './found-image.ts';
import type { LoadDeps } from './load-candidates.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { rankDocuments, type Ranking } from './rank-documents.ts';
import { rateFillers } from './rate-fillers.ts';
import { MAX_CHECKED, type RankedMatches } from './rank-matches.ts';
import type { DatePlace } from './walk-dates.ts';

/**
 * Where the next page of an answer begins. All pages have one order: the window, which are the best images by BM25, in the
 * order of their reranked scores, and then all others by BM25.
 */
export interface PagePlace {
  /** The rank behind the window. */
  readonly window: number;
  /** The hit of the window that was shown last; absent once all of them were. */
  readonly last?: Pick<FoundImage, 'tier' | 'score' | 'rank'>;
  /** The rank behind the last document that was looked at outside of the window. */
  readonly rank: number;
  /** How many matches earlier pages had, with what is left of the window. */
  readonly found: number;
}

interface PageRequest {
  readonly place: PagePlace;
  /** Hits wanted, at most 100. */
  readonly limit: number;
  readonly params: Bm25Params;
  readonly rerank: RerankFactors;
}

/** The hits of a page, and what is known of all that match. */
export interface Page extends Pick<RankedMatches, 'total' | 'totalIs' | 'withAll' | 'checked' | 'figures'> {
  /** Fewer than wanted where images went since the first page, or only glosses decide; none is left out for that. */
  readonly hits: readonly FoundImage[];
  /** Absent on the last page. */
  readonly next?: PagePlace | DatePlace;
}

/** The page at a place of a snapshot, behind the first one. */
export async function laterPage(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  request: PageRequest,
): Promise<Page> {
  return request.place.last === undefined
    ? behindWindow(deps, tenant, index, prepared, request)
    : restOfWindow(deps, tenant, index, prepared, request);
}

/** Those of the window that come behind the hit that was shown last. All of it is loaded again, since all of it is sorted. */
async function restOfWindow(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  { place, limit, params, rerank }: PageRequest,
): Promise<Page> {
  const { compiled } = prepared;
  // One more tells whether there is anything behind the window.
  const [ranking, fillers] = await Promise.all([
    rankDocuments(index, compiled.terms, place.window + 1, params, compiled.tiers, 0, prepared.phrases),
    rateFillers(index, compiled, rerank),
  ]);
  const documents = ranking.ranks.slice(0, place.window);
  const { candidates } = await findMatches(deps, tenant, prepared, documents, Infinity);
  const rest = candidates
    .map((candidate) => toFoundImage(candidate, prepared, rerank, fillers))
    .sort(compareFound)
    .filter((hit) => compareFound(hit, place.last!) > 0);
  const hits = rest.slice(0, limit);
  const hasMore = ranking.ranks.length > place.window;
  if (rest.length > limit)
    return answerOf(prepared, ranking, place, { hits, next: { ...place, last: lastOf(hits) }, hasMore });
  const { last: _shown, ...behind } = place;
  return answerOf(prepared, ranking, place, { hits, ...(hasMore && { next: behind }), hasMore });
}

async function behindWindow(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  { place, limit, params }: PageRequest,
): Promise<Page> {
  const { compiled } = prepared;
  const wanted = compiled.needsGloss ? MAX_CHECKED : limit;
  const end = place.rank + wanted;
  // One more tells whether there is anything behind them.
  const ranking = await rankDocuments(
    index,
    compiled.terms,
    end + 1,
    params,
    compiled.tiers,
    place.rank,
    prepared.phrases,
  );
  const documents = ranking.ranks.slice(0, wanted);
  const { candidates, checked } = await findMatches(deps, tenant, prepared, documents, limit);
  const shown = candidates.slice(0, limit);
  // Of the round in which the page became full, those that do not fit are found again.
  const rank = candidates.length > limit ? shown.at(-1)!.document.rank + 1 : place.rank + checked;
  const hits = shown.map((candidate) => toFoundImage(candidate, prepared, RERANK_NOTHING));
  const next = { ...place, rank, found: place.found + hits.length };
  const hasMore = rank < place.rank + ranking.ranks.length;
  return answerOf(prepared, ranking, next, { hits, ...(hasMore && { next }), hasMore });
}

/** @param place where the next page begins: the rank behind the last document that was looked at, and how many matches were found before */
export function answerOf(
  { compiled }: PreparedQuery,
  { total, totalIs, tiers, figures }: Pick<Ranking, 'total' | 'totalIs' | 'tiers' | 'figures'>,
  { rank, found }: Pick<PagePlace, 'rank' | 'found'>,
  { hasMore, ...page }: Pick<Page, 'hits' | 'next'> & { readonly hasMore: boolean },
): Page {
  const common = { ...page, figures };
  if (!compiled.needsGloss)
    return { ...common, total, totalIs, ...(compiled.everyWord && { withAll: tiers[0]! }) };
  return {
    ...common,
    total: found,
    totalIs: hasMore ? 'at least' : 'exact',
    ...(hasMore && { checked: { glosses: rank, candidates: total } }),
  };
}

/** The place behind the first page; undefined where that shows everything. */
export function placeBehind(
  shown: readonly FoundImage[],
  { hits, window, hasMore }: RankedMatches,
): PagePlace | undefined {
  const place = { window, rank: window, found: hits.length };
  if (shown.length < hits.length) return { ...place, last: lastOf(shown) };
  return hasMore ? place : undefined;
}

function lastOf(hits: readonly FoundImage[]): NonNullable<PagePlace['last']> {
  const { tier, score, rank } = hits.at(-1)!;
  return { tier, score, rank };
}
