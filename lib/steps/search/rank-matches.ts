import type { Gloss } from '../../domain/gloss.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { RerankFactors } from '../../query/hits/score-views.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import type { IndexReader } from '../index/index-reader.ts';
import { findMatches } from './find-matches.ts';
import { compareFound, toFoundImage, type FoundImage } from './found-image.ts';
import { MAX_LOADED, type Candidate, type LoadDeps } from './load-candidates.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { rankDocuments, type RankedDocument, type Ranking } from './rank-documents.ts';
import { rateFillers } from './rate-fillers.ts';

/** Hits of a page, when nobody asks for another number. */
export const DEFAULT_PAGE = 20;
/** Glosses looked at for one query, when only they can decide. */
export const MAX_CHECKED = 500;
/** How many times the hits of a page are reranked, when proximity may change their order. */
const RERANKED_PAGES = 2;

interface MatchRequest {
  /** Documents ranked by BM25, any number; those beyond `loaded` stay without record and gloss. */
  readonly limit: number;
  /** Of these the best, which are reranked by what their views say: `rerankDepth` of a page. */
  readonly depth: number;
  /** Of these the best, which are loaded: from `depth` to 100, or to `MAX_CHECKED` where only glosses decide. */
  readonly loaded: number;
  readonly params: Bm25Params;
  readonly rerank: RerankFactors;
}

/** Everything that matches, in its final order: the hits, then the tail. */
export interface RankedMatches extends Pick<Ranking, 'total' | 'totalIs' | 'docFreqs' | 'figures'> {
  /** The best by BM25, reranked. */
  readonly hits: readonly FoundImage[];
  /** The rank behind the last document that was looked at for them. */
  readonly window: number;
  /** Whether there may be matches behind the window. */
  readonly hasMore: boolean;
  /** The others, by BM25. */
  readonly tail: readonly RankedDocument[];
  /** How many of those that match have all words of the query; absent where it has one word. */
  readonly withAll?: Pick<Ranking, 'total' | 'totalIs'>;
  /** Of everything that was loaded, in order of BM25. */
  readonly glosses: readonly Gloss[];
  /** For queries that only glosses can decide: of how many candidates how many were looked at, where not all. */
  readonly checked?: { readonly glosses: number; readonly candidates: number };
}

/** How many of the best images are reranked for a page of hits: twice the page where proximity counts, at most 100. */
export function rerankDepth(page: number, { compiled }: PreparedQuery, { proximity }: RerankFactors): number {
  const words = compiled.terms.scoring.filter(({ weight }) => weight === 1).length;
  return proximity && words > 1 ? Math.min(MAX_LOADED, RERANKED_PAGES * page) : page;
}

/** Ranks what matches a query by BM25, and reranks the best by what their views say of the words. */
export async function rankMatches(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  prepared: PreparedQuery,
  request: MatchRequest,
): Promise<RankedMatches> {
  const { compiled } = prepared;
  const { loaded, params, rerank } = request;
  const limit = compiled.needsGloss ? MAX_CHECKED : Math.max(request.limit, loaded);
  const [ranking, fillers] = await Promise.all([
    rankDocuments(index, compiled.terms, limit, params, compiled.tiers, 0, prepared.phrases),
    rateFillers(index, compiled, rerank),
  ]);
  const found = await findWindow(deps, tenant, ranking, prepared, request);
  const { candidates, checked, reranked, window } = found;
  const hits = candidates
    .slice(0, reranked)
    .map((candidate) => toFoundImage(candidate, prepared, rerank, fillers))
    .sort(compareFound);
  const tail = candidates.slice(reranked).map(({ document }) => document);
  const glosses = candidates.map(({ gloss }) => gloss);
  const { total, totalIs, figures, docFreqs, ranked, ranks, tiers } = ranking;
  if (!compiled.needsGloss) {
    const hasMore = totalIs === 'exact' ? total > window : ranked.length >= window;
    const all = {
      hits,
      window,
      hasMore,
      tail: [...tail, ...ranked.slice(loaded)],
      glosses,
      total,
      totalIs,
      docFreqs,
      figures,
    };
    return compiled.everyWord ? { ...all, withAll: tiers[0]! } : all;
  }
  const isComplete = checked === ranks.length && checked < MAX_CHECKED;
  return {
    hits,
    window,
    hasMore: !isComplete,
    tail,
    glosses,
    total: candidates.length,
    totalIs: isComplete ? 'exact' : 'at least',
    ...(compiled.everyWord && {
      withAll: {
        total: candidates.filter(({ document }) => document.tier === 0).length,
        totalIs: isComplete ? ('exact' as const) : ('at least' as const),
      },
    }),
    docFreqs,
    figures,
    ...(!isComplete && { checked: { glosses: checked, candidates: total } }),
  };
}

interface Window {
  /** In order of BM25. */
  readonly candidates: readonly Candidate[];
  /** How many of them are reranked. */
  readonly reranked: number;
  /** The rank behind those that are reranked. */
  readonly window: number;
  /** Documents that were looked at. */
  readonly checked: number;
}

/**
 * Loads the candidates. Where only glosses decide, these are the documents whose glosses match, found round by round up to a
 * bound; whatever the round finds that completes `depth` is reranked as well, since it is loaded.
 */
async function findWindow(
  deps: LoadDeps,
  tenant: TenantId,
  { ranked, ranks }: Ranking,
  prepared: PreparedQuery,
  { depth, loaded }: Pick<MatchRequest, 'depth' | 'loaded'>,
): Promise<Window> {
  if (!prepared.compiled.needsGloss) {
    const { candidates, checked } = await findMatches(
      deps,
      tenant,
      prepared,
      ranked.slice(0, loaded),
      Infinity,
    );
    return { candidates, checked, reranked: depth, window: Math.min(depth, ranked.length) };
  }
  const first = await findMatches(deps, tenant, prepared, ranks, depth);
  const window = first.checked;
  const reranked = first.candidates.length;
  if (reranked >= loaded) return { ...first, reranked, window };
  const more = await findMatches(deps, tenant, prepared, ranks.slice(window), loaded - reranked);
  return {
    candidates: [...first.candidates, ...more.candidates],
    checked: window + more.checked,
    reranked,
    window,
  };
}
