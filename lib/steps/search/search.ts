import type { SearchFigures } from '../../domain/figures.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { MatchedView } from '../../query/hits/highlight.ts';
import type { ExpandOptions } from '../../query/plan/expand-query.ts';
import { glossMatches } from '../../query/hits/gloss-matches.ts';
import { likelyQuery } from '../../query/plan/likely-query.ts';
import type { Query } from '../../query/syntax/parse-query.ts';
import type { QueryTerms } from '../../query/plan/query-terms.ts';
import { relatedWords, type RelatedWord } from '../../query/hits/related-words.ts';
import type { SameView } from '../../query/hits/proximity.ts';
import { scoreViews, type ExplainedTerm, type ViewsCount } from '../../query/hits/score-views.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import type { Explanation } from '../../rank/explain.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import {
  findAssociations,
  storedAssociations,
  type FoundAssociations,
  type StoredAssociations,
} from './find-associations.ts';
import { loadHits, type Candidate, type LoadDeps } from './load-hits.ts';
import { prepareQuery, type PreparedQuery } from './prepare-query.ts';
import { rankSnapshot, type RankDeps, type Ranking } from './rank-snapshot.ts';

export interface SearchDeps extends RankDeps, LoadDeps {}

export interface SearchOptions extends ExpandOptions {
  /** Pictures without the words whose glosses speak of what goes with them. */
  readonly likely?: boolean;
  /** Words that tell the best candidates apart. */
  readonly related?: boolean;
  /** Whether words seen together in one view count more; on when left out. */
  readonly sameView?: boolean;
  /** Whether words that more of the views say count more; on when left out. */
  readonly agreement?: boolean;
}

export interface HitExplanation extends Explanation {
  readonly terms: readonly ExplainedTerm[];
  /** The view whose words stand together. */
  readonly sameView?: SameView;
}

/** One answer: the image, its score, the views that earned it (best first), and the score taken apart. */
export interface Hit extends Omit<Candidate, 'document'> {
  readonly score: number;
  readonly views: readonly MatchedView[];
  readonly explanation: HitExplanation;
}

/** Words to narrow an answer by; counts are exact among the best `candidates` images. */
export interface Related {
  readonly words: readonly (RelatedWord & { readonly word: string })[];
  readonly candidates: number;
}

export interface SearchAnswer {
  /** How many images match: exactly, or as far as it was worth counting or looking at glosses. */
  readonly total: number;
  readonly totalIs: Ranking['totalIs'];
  readonly hits: readonly Hit[];
  /** For queries that only glosses can decide: of how many candidates how many were looked at. */
  readonly checked?: { readonly glosses: number; readonly candidates: number };
  /** Present when asked for; ranked among themselves, after every hit. */
  readonly likely?: readonly Hit[];
  readonly related?: Related;
  readonly figures: SearchFigures;
}

/** Glosses fetched at once: as many as a port gives in one call. */
const ROUND = 100;
/** How many times the wanted hits are looked at, when standing together may change their order. */
const REORDERED = 2;
/** Glosses looked at for one query, when only they can decide. */
export const MAX_CHECKED = 500;

/**
 * Ranks the images of one snapshot of a tenant's index by BM25. Nothing matching means no hits. Equal scores
 * keep the order of insertion. Among the images looked at (twice the limit for several words, at most a hundred) words count
 * more that stand together in one view, and those that more of the views say.
 * @param limit hits wanted, at most 100; of likely ones as many again
 */
export async function search(
  deps: SearchDeps,
  tenant: TenantId,
  query: Query,
  limit: number,
  params: Bm25Params,
  options: SearchOptions = {},
): Promise<SearchAnswer> {
  const start = performance.now();
  const prepared = await prepareQuery(deps, tenant, query, options);
  const { terms, needsGloss } = prepared.compiled;
  const togetherCounts = options.sameView !== false && wordsOf(terms).length > 1;
  const reordered = togetherCounts ? Math.min(ROUND, REORDERED * limit) : limit;
  const counts = { sameView: togetherCounts, agreement: options.agreement !== false };
  const extra = options.likely || options.related;
  const stored = extra ? await storedAssociations(deps, tenant, prepared.compiled) : undefined;
  const looksAtGlosses = options.related || (options.likely && !stored);
  const window = looksAtGlosses ? ROUND : reordered;
  const ranking = await rankSnapshot(deps, tenant, terms, needsGloss ? MAX_CHECKED : window, params);
  const { candidates, checked } = await loadCandidates(deps, tenant, ranking, prepared, window);
  const ranked = candidates
    .map((candidate) => toHit(candidate, prepared, counts))
    .sort((a, b) => b.score - a.score); // stable: equal scores stay in order of insertion
  const found = looksAtGlosses
    ? await findAssociations(
        deps,
        tenant,
        candidates.map(({ gloss }) => gloss),
        prepared.query.analyzer,
        stored,
      )
    : undefined;
  const likely =
    options.likely && (await findLikely(deps, tenant, prepared, (stored ?? found)!, limit, params));
  const related = options.related && relatedTo(prepared, found!);
  const isWhole = checked === undefined || (checked === ranking.ranked.length && checked < MAX_CHECKED);
  return {
    total: needsGloss ? candidates.length : ranking.total,
    hits: ranked.slice(0, limit),
    totalIs: needsGloss ? (isWhole ? 'exact' : 'at least') : ranking.totalIs,
    ...(!isWhole && { checked: { glosses: checked, candidates: ranking.total } }),
    ...(likely && { likely }),
    ...(related && { related }),
    figures: { ...ranking.figures, totalMs: performance.now() - start },
  };
}

/** Candidates in rank order; where only glosses decide, those that hold, looked through round by round up to a bound. */
async function loadCandidates(
  deps: LoadDeps,
  tenant: TenantId,
  { ranked }: Ranking,
  { query, compiled }: PreparedQuery,
  window: number,
): Promise<{ candidates: Candidate[]; checked?: number }> {
  if (!compiled.needsGloss) return { candidates: await loadHits(deps, tenant, ranked) };
  const candidates: Candidate[] = [];
  let checked = 0;
  while (checked < ranked.length && candidates.length < window) {
    const round = ranked.slice(checked, checked + ROUND);
    const loaded = await loadHits(deps, tenant, round);
    candidates.push(...loaded.filter(({ gloss }) => glossMatches(query, compiled, gloss)));
    checked += round.length;
  }
  return { candidates, checked };
}

/** Pictures without the words whose glosses speak of what goes with them. */
async function findLikely(
  deps: SearchDeps,
  tenant: TenantId,
  prepared: PreparedQuery,
  { associations, docCount }: StoredAssociations,
  limit: number,
  params: Bm25Params,
): Promise<Hit[]> {
  const second = likelyQuery(prepared.compiled.terms, associations, docCount);
  const { ranked } = await rankSnapshot(deps, tenant, second, limit, params);
  return (await loadHits(deps, tenant, ranked)).map((candidate) =>
    toHit(candidate, prepared, NO_VIEWS_COUNT),
  );
}

/** Words that tell the candidates apart, with how many of them have each. */
function relatedTo(
  { compiled, query }: PreparedQuery,
  { associations, spelling, candidates }: FoundAssociations,
): Related {
  const own = new Set(compiled.terms.scoring.map(({ term }) => term));
  const functionWords = functionWordsOf(query.analyzer.language);
  const telling = associations.filter(({ term }) => !functionWords.has(spelling.get(term)!));
  const words = relatedWords(telling, candidates, own, MAX_RELATED);
  return { words: words.map((word) => ({ ...word, word: spelling.get(word.term)! })), candidates };
}

const MAX_RELATED = 12;

/** The words that were typed, without what stands for them. */
const wordsOf = ({ scoring }: QueryTerms): string[] =>
  scoring.filter(({ weight }) => weight === 1).map(({ term }) => term);

function toHit(
  { document, ...image }: Candidate,
  { query, compiled }: PreparedQuery,
  counts: ViewsCount,
): Hit {
  const { explanation } = document;
  const terms = explanation.terms.map((term): ExplainedTerm => {
    const via = compiled.via.get(term.term);
    return via === undefined ? term : { ...term, via };
  });
  const { score, views, terms: parts, sameView } = scoreViews(image.gloss, terms, query.analyzer, counts);
  return {
    ...image,
    score: counts.sameView || counts.agreement ? score : document.score,
    views,
    explanation: { ...explanation, terms: parts, ...(sameView && { sameView }) },
  };
}

/** What has none of the words is ranked by what goes with them, whichever view says it. */
const NO_VIEWS_COUNT: ViewsCount = { sameView: false, agreement: false };
