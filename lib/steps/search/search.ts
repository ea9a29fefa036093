import type { DateOrder } from '../../domain/calendar-date.ts';
import type { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { Unreadable, type OnUnreadable } from '../../domain/unreadable.ts';
import type { Background } from '../../lexicon/background-table.ts';
import type { Snapshot } from '../../index/segment/manifest.ts';
import type { Glosses, StateGlosses } from '../../ports/glosses.ts';
import type { AnalysisBounds, GlossAnalysis } from '../../query/hits/gloss-analysis.ts';
import { RERANK_ALL, RERANK_NOTHING, type RerankFactors } from '../../query/hits/score-views.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import { analysisOf, isStale } from '../../text/analysis.ts';
import { DEFAULT_PARAMS, type Bm25Params } from '../../rank/bm25.ts';
import { readIndex, readSnapshot, type IndexReader, type IndexReaderDeps } from '../index/index-reader.ts';
import { boundedLoads, boundedReads, READ_BOUNDS, type ReadBounds } from './bounded-reads.ts';
import { beginningOf, datePage } from './date-page.ts';
import { COUNTED_FOR_LIKELY, findAssociations, storedAssociations } from './find-associations.ts';
import { toFoundImage, type FoundImage } from './found-image.ts';
import { loadCandidates, MAX_LOADED, type LoadDeps } from './load-candidates.ts';
import { laterPage, placeBehind, type Page, type PagePlace } from './pages.ts';
import { prepareQuery, type PreparedQuery } from './prepare-query.ts';
import { rankLikely } from './rank-likely.ts';
import { rankMatches, rerankDepth, type RankedMatches } from './rank-matches.ts';
import type { SearchFigures } from './rank-documents.ts';
import { relatedTo, type Related } from './related-to.ts';
import { didYouMean, type SpellingSuggestion } from './suggest-words.ts';
import type { DatePlace } from './walk-dates.ts';

export interface SearchDeps extends IndexReaderDeps, LoadDeps {
  readonly glosses: Pick<Glosses, 'ofStates' | 'getMany'>;
  /** `READ_BOUNDS` when left out. */
  readonly bounds?: ReadBounds;
  /** `ANALYSIS_BOUNDS` when left out. */
  readonly analysisBounds?: AnalysisBounds;
  /** Who hears of parts of a tenant's index that a search can do without and cannot read. */
  readonly onUnreadable?: (tenant: TenantId) => OnUnreadable;
}

/** What to search for, and what to say of it besides the hits. */
export interface SearchRequest {
  readonly query: Query;
  /** Hits wanted, 1 to 100; of likely ones as many again. */
  readonly limit: number;
  /** `DEFAULT_PARAMS` when left out. */
  readonly params?: Bm25Params;
  /** What stands for words of the query; classes and compounds when left out. */
  readonly expand?: ExpandOptions;
  /** What of the views counts besides BM25; all of it when left out. */
  readonly rerank?: RerankFactors;
  /** Also pictures without the words whose glosses speak of what goes with them. */
  readonly likely?: boolean;
  /** What goes with what in pictures of the world; that of the query's language when left out. */
  readonly background?: Background;
  /** Also words that tell the best candidates apart. */
  readonly related?: boolean;
  /** Also what misspelt words may have been meant to be. */
  readonly suggestions?: boolean;
  /** By date instead of by score; as it is, likely ones and related words are those of the best. */
  readonly order?: DateOrder;
  /** Where the page begins, as the page before said; the first page when left out. What is not hits is of the first page alone. */
  readonly from?: PageStart;
}

/** Where a page begins: in which snapshot, and where in the order of its matches. */
export interface PageStart {
  readonly snapshot: Snapshot;
  readonly place: PagePlace | DatePlace;
}

interface SearchResult {
  /** As it was read for this tenant's texts. */
  readonly query: Query;
  /** How many images match: exactly, or as far as it was worth counting or looking at glosses. */
  readonly total: number;
  readonly totalIs: RankedMatches['totalIs'];
  readonly hits: readonly FoundImage[];
  /** Where the next page begins; absent on the last page. */
  readonly next?: PageStart;
  /** Whether `tier` tells which hits have all words of the query. */
  readonly tellsAll: boolean;
  /** How many of those that match have all words of the query; absent where it has one word. */
  readonly withAll?: RankedMatches['withAll'];
  /** For queries that only glosses can decide: of how many candidates how many were looked at. */
  readonly checked?: { readonly glosses: number; readonly candidates: number };
  /** Present when asked for; ranked among themselves, after every hit. */
  readonly likely?: readonly FoundImage[];
  readonly related?: Related;
  /** Present when asked for; empty where no word is like those typed. */
  readonly suggestions?: readonly SpellingSuggestion[];
  /** Whether the words of the index were analysed in another way than those of the query. */
  readonly isIndexStale: boolean;
  /** Of how many glosses how much was analysed. */
  readonly analysed: GlossAnalysis['counts'];
  readonly figures: SearchFigures;
}

/**
 * Answers a query from one snapshot of a tenant's index. Nothing matching means no hits. Images are ranked by BM25, the
 * best of them (`rerankDepth` of the page, or all that are loaded to count words in their glosses) reranked by what their views say. Equal scores keep the order of insertion.
 * @throws GlossError `invalid` for a query that would read more than the bounds
 */
export function search(deps: SearchDeps, tenant: TenantId, request: SearchRequest): Promise<SearchResult> {
  const { bounds = READ_BOUNDS, analysisBounds } = deps;
  const segments = boundedReads(deps.segments, bounds.indexUnits);
  const { from } = request;
  const loads = boundedLoads(from ? { ...deps, glosses: asTheyAre(deps.glosses) } : deps, bounds);
  const answer = async (index: IndexReader) => {
    const lost: GlossError[] = [];
    const onCorrupt = (error: GlossError) => lost.push(error);
    const result = await searchSnapshot({ ...loads, analysisBounds, onCorrupt }, tenant, index, request);
    for (const error of lost) await tellIfLive(deps, tenant, index, error);
    return result;
  };
  return from
    ? readSnapshot({ segments }, tenant, from.snapshot, answer)
    : readIndex({ ...deps, segments }, tenant, answer);
}

/** Whether it is a loss: what a merge has replaced may be dropped while a search is at it. */
async function tellIfLive(
  { manifests, onUnreadable }: SearchDeps,
  tenant: TenantId,
  { manifest }: IndexReader,
  { message }: GlossError,
): Promise<void> {
  const { segments } = await manifests.read(tenant);
  const live = new Set(segments.map(({ id }) => id));
  if (manifest.segments.every(({ id }) => live.has(id)))
    onUnreadable?.(tenant)(new Unreadable('associations', tenant, message));
}

/** A snapshot of before does not know what was removed since: words that are there now tell. */
const asTheyAre = (glosses: Pick<Glosses, 'getMany'>): StateGlosses => ({
  ofStates: (tenant, states) =>
    glosses.getMany(
      tenant,
      states.map(({ imageId }) => imageId),
    ),
});

interface SnapshotDeps extends LoadDeps {
  readonly onCorrupt: (error: GlossError) => void;
}

async function searchSnapshot(
  { analysisBounds, ...deps }: SnapshotDeps & { readonly analysisBounds: AnalysisBounds | undefined },
  tenant: TenantId,
  index: IndexReader,
  { params = DEFAULT_PARAMS, rerank = RERANK_ALL, ...request }: SearchRequest,
): Promise<SearchResult> {
  const start = performance.now();
  const { from, limit } = request;
  const { manifest } = index;
  const prepared = await prepareQuery(index, request.query, request.expand, analysisBounds);
  const { next, figures, ...page } = from
    ? await pageAt(deps, tenant, index, prepared, from.place, { limit, params, rerank })
    : await firstPage(deps, tenant, index, prepared, { ...request, params, rerank });
  return {
    query: prepared.query,
    ...page,
    ...(next && { next: { snapshot: manifest, place: next } }),
    tellsAll: prepared.compiled.everyWord !== undefined,
    isIndexStale:
      manifest.segments.length > 0 && isStale(manifest.analysis, analysisOf(request.query.analyzer)),
    analysed: prepared.analysis.counts,
    figures: { ...figures, totalMs: performance.now() - start },
  };
}

/** The page at a place, which says what it is a place of. */
const pageAt = (
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  place: PageStart['place'],
  {
    limit,
    params,
    rerank,
  }: Pick<SearchRequest, 'limit'> & Required<Pick<SearchRequest, 'params' | 'rerank'>>,
): Promise<Page> =>
  'order' in place
    ? datePage(deps, tenant, index, prepared, { place, limit, params })
    : laterPage(deps, tenant, index, prepared, { place, limit, params, rerank });

/** The first page, with what was asked for besides the hits. */
async function firstPage(
  deps: SnapshotDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  { limit, params, rerank, ...request }: SearchRequest & Required<Pick<SearchRequest, 'params' | 'rerank'>>,
): Promise<Page & Pick<SearchResult, 'likely' | 'related' | 'suggestions'>> {
  const { compiled, analysis } = prepared;
  const { analyzer } = request.query;
  const stored =
    request.likely || request.related
      ? await storedAssociations(index, compiled, analyzer, deps.onCorrupt)
      : undefined;
  const countsInGlosses = request.related === true || (request.likely === true && !stored);
  const counted = request.related ? MAX_LOADED : COUNTED_FOR_LIKELY;
  // What is loaded is reranked: it costs no further read.
  const depth = Math.max(rerankDepth(limit, prepared, rerank), countsInGlosses ? counted : 0);
  const matches =
    request.order && !countsInGlosses
      ? undefined
      : await rankMatches(deps, tenant, index, prepared, { limit, depth, loaded: depth, params, rerank });
  const first = request.order
    ? await datePage(deps, tenant, index, prepared, { place: beginningOf(request.order), limit, params })
    : bestPage(matches!, limit);
  const found =
    countsInGlosses && matches
      ? await findAssociations(index, matches.glosses, analysis, stored, analyzer)
      : undefined;
  const own = stored ?? found;
  const known = own && {
    own,
    isStored: stored !== undefined,
    matches: matches?.total,
    background: request.background,
  };
  const likely =
    request.likely && known
      ? await loadCandidates(deps, tenant, (await rankLikely(index, prepared, known, limit, params)).ranked)
      : undefined;
  const suggestions =
    request.suggestions === true
      ? await didYouMean(deps, tenant, index, prepared.query, analysis, first)
      : undefined;
  const { docFreqs: _counts, ...page } = first;
  return {
    ...page,
    // What has none of the words is ranked by what goes with them, whichever view says it.
    ...(likely && { likely: likely.map((candidate) => toFoundImage(candidate, prepared, RERANK_NOTHING)) }),
    ...(request.related && found && { related: relatedTo(prepared, found) }),
    ...(suggestions && { suggestions }),
  };
}

/** The best, of what was ranked for them. */
function bestPage(matches: RankedMatches, limit: number): Page & Pick<RankedMatches, 'docFreqs'> {
  const { total, totalIs, withAll, checked, figures, docFreqs } = matches;
  const hits = matches.hits.slice(0, limit);
  const place = placeBehind(hits, matches);
  return {
    hits,
    total,
    totalIs,
    figures,
    docFreqs,
    ...(withAll && { withAll }),
    ...(checked && { checked }),
    ...(place && { next: place }),
  };
}
