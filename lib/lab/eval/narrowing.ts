import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { Gloss } from '../../domain/gloss.ts';
import { likelyQuery } from '../../query/plan/likely-query.ts';
import { parseQuery, plainQuery, queryParser, type Query } from '../../query/syntax/parse-query.ts';
import { relatedWords } from '../../query/hits/related-words.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import type { QueryTerms } from '../../query/plan/query-terms.ts';
import { scoreViews, type ExplainedTerm, type ViewsCount } from '../../query/hits/score-views.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { findAssociations, storedAssociations } from '../../steps/search/find-associations.ts';
import { prepareQuery } from '../../steps/search/prepare-query.ts';
import { rankSnapshot } from '../../steps/search/rank-snapshot.ts';
import type { TemporaryIndex } from '../../../infra/local/temporary-index.ts';

/** What of the search is measured; the ablation switches. */
export interface RankingOptions {
  readonly plain?: true;
  readonly lexicon: boolean;
  readonly compounds: boolean;
  readonly sameView: boolean;
  readonly agreement: boolean;
  readonly likely?: true;
}

export interface RankedImage {
  readonly imageId: ImageId;
  readonly score: number;
}

/** A whole ranking: matches, then likely ones where they were asked for. */
export interface FullRanking {
  readonly matches: readonly RankedImage[];
  /** Scores below those of all matches. */
  readonly likely: readonly RankedImage[];
}

/** As many as a search looks at. */
const CANDIDATES = 100;
/** Related words that a person chooses from. */
const OFFERED = 8;

export function readQuery(text: string, options: Pick<RankingOptions, 'plain'>, analyzer: Analyzer): Query {
  return options.plain ? plainQuery(text, analyzer) : queryParser(analyzer)(text);
}

/** Every image that a query finds, through the steps of a search, without its limit. */
export async function rankFully(
  deps: TemporaryIndex['deps'],
  tenant: TenantId,
  query: Query,
  documents: number,
  options: RankingOptions,
): Promise<FullRanking> {
  const { compiled } = await prepareQuery(deps, tenant, query, options);
  const matches = await rankTerms(deps, tenant, compiled.terms, documents);
  if (options.plain) return { matches, likely: [] };
  const glosses = await glossesOf(deps, tenant, matches);
  const ordered = reorder(matches, glosses, compiled.via, query.analyzer, options);
  if (!options.likely) return { matches: ordered, likely: [] };
  const { associations, docCount } =
    (await storedAssociations(deps, tenant, compiled)) ??
    (await findAssociations(deps, tenant, glosses.values(), query.analyzer, undefined));
  const tail = await rankTerms(deps, tenant, likelyQuery(compiled.terms, associations, docCount), documents);
  return {
    matches: ordered,
    likely: tail.map(({ imageId, score }) => ({ imageId, score: score / (1 + score) - 1 })),
  };
}

/** One state of a query that is being narrowed down. */
export interface Narrowed {
  readonly query: string;
  readonly matches: readonly RankedImage[];
}

/**
 * A person who narrows a query down: from the related words of each answer takes the one that helps most, to ask for
 * or to exclude, and stops when none helps. What helps is judged with the labels, as a person judges with their eyes.
 * @param worth of a ranking; the greater the better
 * @returns the query as typed, then after each word
 */
export async function narrow(
  deps: TemporaryIndex['deps'],
  tenant: TenantId,
  text: string,
  documents: number,
  times: number,
  worth: (matches: readonly RankedImage[]) => number,
): Promise<Narrowed[]> {
  const rank = async (query: string): Promise<Narrowed> => {
    const { compiled } = await prepareQuery(deps, tenant, parseQuery(query));
    return { query, matches: await rankTerms(deps, tenant, compiled.terms, documents) };
  };
  const states = [await rank(text)];
  while (states.length <= times) {
    const state = states.at(-1)!;
    const words = await offeredWords(deps, tenant, state);
    const next = await Promise.all(
      words.flatMap((word) => [`${state.query} "${word}"`, `${state.query} -"${word}"`]).map(rank),
    );
    const best = next.reduce(
      (one, other) => (worth(other.matches) > worth(one.matches) ? other : one),
      state,
    );
    if (best === state) break;
    states.push(best);
  }
  return states;
}

async function offeredWords(
  deps: TemporaryIndex['deps'],
  tenant: TenantId,
  { query, matches }: Narrowed,
): Promise<string[]> {
  const parsed = parseQuery(query);
  const glosses = await glossesOf(deps, tenant, matches);
  const { compiled } = await prepareQuery(deps, tenant, parsed);
  const { associations, candidates, spelling } = await findAssociations(
    deps,
    tenant,
    glosses.values(),
    parsed.analyzer,
    await storedAssociations(deps, tenant, compiled),
  );
  const own = new Set(parsed.clauses.flatMap(({ terms }) => terms));
  return relatedWords(associations, candidates, own, OFFERED).map(({ term }) => spelling.get(term)!);
}

async function rankTerms(
  deps: TemporaryIndex['deps'],
  tenant: TenantId,
  terms: QueryTerms,
  documents: number,
): Promise<(RankedImage & { terms: readonly ExplainedTerm[] })[]> {
  const { ranked } = await rankSnapshot(deps, tenant, terms, documents, PAPER_PARAMS);
  return ranked.map(({ imageId, score, explanation }) => ({
    imageId,
    score,
    terms: explanation.terms,
  }));
}

const glossesOf = (deps: TemporaryIndex['deps'], tenant: TenantId, ranked: readonly RankedImage[]) =>
  deps.glosses.getMany(
    tenant,
    ranked.slice(0, CANDIDATES).map(({ imageId }) => imageId),
  );

/** The order of a search: among the best, what their views say of the words counts, too. */
function reorder(
  matches: readonly (RankedImage & { readonly terms: readonly ExplainedTerm[] })[],
  glosses: ReadonlyMap<ImageId, Gloss>,
  via: ReadonlyMap<string, string>,
  analyzer: Analyzer,
  counts: ViewsCount,
): RankedImage[] {
  const best = matches.slice(0, CANDIDATES).map(({ imageId, score, terms }) => {
    const gloss = glosses.get(imageId);
    const explained = terms.map((term) => ({
      ...term,
      ...(via.has(term.term) && { via: via.get(term.term)! }),
    }));
    return { imageId, score: gloss ? scoreViews(gloss, explained, analyzer, counts).score : score };
  });
  return [...best.sort((a, b) => b.score - a.score), ...matches.slice(CANDIDATES)];
}
