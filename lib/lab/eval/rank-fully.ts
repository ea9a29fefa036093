import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { Background } from '../../lexicon/background-table.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import { plainQuery, queryParser, type Query } from '../../query/syntax/parse-query.ts';
import { DEFAULT_PARAMS, PAPER_PARAMS } from '../../rank/bm25.ts';
import type { IndexReader } from '../../steps/index/index-reader.ts';
import {
  COUNTED_FOR_LIKELY,
  findAssociations,
  storedAssociations,
} from '../../steps/search/find-associations.ts';
import type { FoundImage } from '../../steps/search/found-image.ts';
import type { LoadDeps } from '../../steps/search/load-candidates.ts';
import { prepareQuery } from '../../steps/search/prepare-query.ts';
import { rankLikely } from '../../steps/search/rank-likely.ts';
import { DEFAULT_PAGE, MAX_CHECKED, rankMatches, rerankDepth } from '../../steps/search/rank-matches.ts';
import { RERANK_NOTHING, type RerankFactors } from '../../query/hits/score-views.ts';
import type { Analyzer } from '../../text/analyzer.ts';

/** What of the search is measured; the ablation switches. */
export interface RankingOptions {
  /** BM25 of the words as in the paper: no syntax, no expansion, no reranking. */
  readonly plain?: boolean;
  readonly expand?: ExpandOptions;
  readonly rerank: RerankFactors;
  readonly likely?: boolean;
  /** Whether mentions count by their place in a text; they do if absent. */
  readonly places?: boolean;
  /** Of the likely tier; that of the query's language when left out. */
  readonly background?: Background;
}

export interface RankedImage {
  readonly imageId: ImageId;
  readonly score: number;
  /** Of those that were reranked: what matched. */
  readonly found?: FoundImage;
}

/** A whole ranking: matches, then likely ones where they were asked for. */
interface FullRanking {
  readonly matches: readonly RankedImage[];
  /** Scores below those of all matches. */
  readonly likely: readonly RankedImage[];
}

export function readQuery(text: string, { plain }: Pick<RankingOptions, 'plain'>, analyzer: Analyzer): Query {
  return plain ? plainQuery(text, analyzer) : queryParser(analyzer)(text);
}

/**
 * Every image that a query finds, through the pipeline of the API and without its limit; of a query that only glosses
 * can decide, those among the best 500 candidates. As many of the best are
 * reranked as for a default page.
 */
export async function rankFully(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  query: Query,
  options: RankingOptions,
): Promise<FullRanking> {
  const limit = index.collection.docCount;
  const rerank = options.plain ? RERANK_NOTHING : options.rerank;
  const prepared = await prepareQuery(index, query, options.expand);
  const stored = options.likely
    ? await storedAssociations(index, prepared.compiled, query.analyzer)
    : undefined;
  const depth = rerankDepth(DEFAULT_PAGE, prepared, rerank);
  // Where only glosses decide, every match has to be loaded to be known as one.
  const enough = options.likely && !stored ? Math.max(COUNTED_FOR_LIKELY, depth) : depth;
  const loaded = prepared.compiled.needsGloss ? MAX_CHECKED : enough;
  const params = paramsOf(options);
  const request = { limit, depth, loaded, params, rerank };
  const { hits, tail, glosses } = await rankMatches(deps, tenant, index, prepared, request);
  const matches = [
    ...hits.map((found) => ({ imageId: found.imageId, score: found.score, found })),
    ...tail.map(({ imageId, score }) => ({ imageId, score })),
  ];
  if (!options.likely) return { matches, likely: [] };
  const { analyzer } = query;
  const own = stored ?? (await findAssociations(index, glosses, prepared.analysis, undefined, analyzer));
  const { background } = options;
  const known = { own, isStored: stored !== undefined, matches: matches.length, background };
  const { ranked } = await rankLikely(index, prepared, known, limit, params);
  const likely = ranked.map(({ imageId, score }) => ({ imageId, score: score / (1 + score) - 1 }));
  return { matches, likely };
}

const paramsOf = ({ plain, places = true }: RankingOptions) =>
  plain || !places ? PAPER_PARAMS : DEFAULT_PARAMS;

/** The best images that a query finds, reranked as for a default page. */
export async function rankFirst(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  query: Query,
  limit: number,
  options: RankingOptions,
): Promise<readonly RankedImage[]> {
  const rerank = options.plain ? RERANK_NOTHING : options.rerank;
  const prepared = await prepareQuery(index, query, options.expand);
  const depth = rerankDepth(DEFAULT_PAGE, prepared, rerank);
  const loaded = prepared.compiled.needsGloss ? MAX_CHECKED : depth;
  const params = paramsOf(options);
  const request = { limit, depth, loaded, params, rerank };
  const { hits, tail } = await rankMatches(deps, tenant, index, prepared, request);
  return [...hits, ...tail].slice(0, limit);
}
