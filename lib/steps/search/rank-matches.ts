import type { Gloss } from '../../domain/gloss.ts';
import type { TenantId } from '../../domain/ids.ts';
import { glossHasAll, glossMatches } from '../../query/hits/gloss-matches.ts';
import type { CompiledQuery } from '../../query/plan/compile-query.ts';
import type { RerankFactors } from '../../query/hits/score-views.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import type { IndexReader } from '../index/index-reader.ts';
import { toFoundImage, type FoundImage } from './found-image.ts';
import { loadCandidates, type Candidate, type LoadDeps } from './load-candidates.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { rankDocuments, type RankedDocument, type Ranking } from './rank-documents.ts';

/** Hits of a page, when nobody asks for another number. */
export const DEFAULT_PAGE = 20;
/** Candidates loaded at once: as many as a port gives in one call. */
export const MAX_LOADED = 100;
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
  const ranking = await rankDocuments(index, compiled.terms, limit, params, compiled.tiers);
  const found = await candidatesOf(deps, tenant, ranking, prepared, request);
  const { candidates, checked, reranked } = found;
  const hits = candidates
    .slice(0, reranked)
    .map((candidate) => toFoundImage(candidate, prepared, rerank))
    .sort((a, b) => a.tier - b.tier || b.score - a.score); // stable: equal scores stay in order of insertion
  const tail = candidates.slice(reranked).map(({ document }) => document);
  const glosses = candidates.map(({ gloss }) => gloss);
  const { total, totalIs, figures, docFreqs, ranked, tiers } = ranking;
  if (checked === undefined) {
    const all = {
      hits,
      tail: [...tail, ...ranked.slice(loaded)],
      glosses,
      total,
      totalIs,
      docFreqs,
      figures,
    };
    return compiled.everyWord ? { ...all, withAll: tiers[0]! } : all;
  }
  const isComplete = checked === ranked.length && checked < MAX_CHECKED;
  return {
    hits,
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

interface Candidates {
  /** In order of BM25. */
  readonly candidates: readonly Candidate[];
  /** How many of them are reranked. */
  readonly reranked: number;
  /** Glosses that were looked at to find them, where only glosses decide. */
  readonly checked?: number;
}

/**
 * Loads the candidates. Where only glosses decide, these are the documents whose glosses match, found round by round up to a
 * bound; whatever the round finds that completes `depth` is reranked as well, since it is loaded.
 */
async function candidatesOf(
  deps: LoadDeps,
  tenant: TenantId,
  { ranked }: Ranking,
  { query, compiled, analysis }: PreparedQuery,
  { depth, loaded }: Pick<MatchRequest, 'depth' | 'loaded'>,
): Promise<Candidates> {
  if (!compiled.needsGloss)
    return { candidates: await loadCandidates(deps, tenant, ranked.slice(0, loaded)), reranked: depth };
  const candidates: Candidate[] = [];
  let checked = 0;
  let reranked: number | undefined;
  const { mayLookAtMore = () => true } = deps;
  while (checked < ranked.length && candidates.length < loaded && mayLookAtMore() && !analysis.isSpent) {
    const round = ranked.slice(checked, checked + MAX_LOADED);
    const found = await loadCandidates(deps, tenant, round);
    const unread = found.findIndex(({ gloss }) => analysis.of(gloss) === undefined);
    const read = unread < 0 ? found : found.slice(0, unread);
    candidates.push(
      ...read
        .filter(({ gloss }) => glossMatches(query, compiled, analysis.of(gloss)!))
        .map((candidate) =>
          inItsTier(candidate, compiled, () => glossHasAll(query, compiled, analysis.of(candidate.gloss)!)),
        ),
    );
    checked += unread < 0 ? round.length : round.indexOf(found[unread]!.document);
    if (candidates.length >= depth) reranked ??= candidates.length;
  }
  return { candidates, reranked: reranked ?? candidates.length, checked };
}

/** The index cannot tell whether a picture has a phrase: only glosses tell whether it has all that is asked for. */
function inItsTier(candidate: Candidate, { everyWord }: CompiledQuery, hasAll: () => boolean): Candidate {
  const { document } = candidate;
  return !everyWord || document.tier > 0 || hasAll()
    ? candidate
    : { ...candidate, document: { ...document, tier: document.tier + 1 } };
}
