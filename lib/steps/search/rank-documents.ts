import { liveDocs } from '../../index/segment/manifest.ts';
import type { ImageState } from '../../domain/ids.ts';
import { evaluate } from '../../query/evaluate/evaluate.ts';
import { describeTop } from '../../query/evaluate/describe-top.ts';
import type { Evaluation, RankedDoc } from '../../query/evaluate/evaluation.ts';
import { docFreqIn, type SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import type { PhraseFilter } from '../../query/hits/phrase-places.ts';
import { termsToRead, type QueryTerms } from '../../query/plan/query-terms.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import { explain, type Explanation } from '../../rank/explain.ts';
import type { IndexReader } from '../index/index-reader.ts';

/** What a search cost, counted and not timed, but for the two durations. */
export interface SearchFigures {
  readonly docCount: number;
  readonly segments: number;
  readonly postings: number;
  readonly evaluateMs: number;
  readonly totalMs: number;
}

/** One of the best documents by BM25: the state of an image that the index has. */
export interface RankedDocument extends ImageState {
  /** Its place in the order of the whole ranking, from 0. */
  readonly rank: number;
  readonly score: number;
  /** Which of the tiers has it; those of a tier come before those of the next. */
  readonly tier: number;
  readonly explanation: Explanation;
}

/** How many documents match. */
type Count = Pick<Evaluation, 'total' | 'totalIs'>;

/** The best documents by BM25, before anything is known of their images. */
export interface Ranking extends Count {
  /** Those wanted, tier by tier, best first; equal scores keep the order of insertion. */
  readonly ranked: readonly RankedDocument[];
  /** The same by rank, from the first wanted on, with nothing for those that cannot match by the places of their words. */
  readonly ranks: readonly (RankedDocument | undefined)[];
  /** Of each of the tiers how many documents match. */
  readonly tiers: readonly Count[];
  /** Documents that have each scoring term; deleted ones count until a merge drops them. */
  readonly docFreqs: ReadonlyMap<string, number>;
  readonly figures: Omit<SearchFigures, 'totalMs'>;
}

/**
 * Ranks the documents of a snapshot without reading records or glosses.
 * @param limit the rank behind the last document wanted, any number
 * @param from the rank of the first document wanted
 * @param tiers whose documents come first; each finds documents that the next and `terms` find, with the same scoring terms
 * @param phrases leaves out documents that the places of their words exclude; their images are not looked up
 */
export async function rankDocuments(
  index: IndexReader,
  terms: QueryTerms,
  limit: number,
  params: Bm25Params,
  tiers: readonly QueryTerms[] = [],
  from = 0,
  phrases?: PhraseFilter,
): Promise<Ranking> {
  const { collection } = index;
  const all = [...tiers, terms];
  const postings = await index.postings([...new Set(all.flatMap(termsToRead))]);
  let evaluateMs = 0;
  const evaluated: Evaluation[] = [];
  for (const tier of all) {
    const evaluation = evaluate(postings, tier, collection, params, limit);
    const advance = () => {
      const start = performance.now();
      const step = evaluation.next();
      evaluateMs += performance.now() - start;
      return step;
    };
    let step = advance();
    for (; !step.done; step = advance()) await index.readChunks(postings, step.value);
    evaluated.push(step.value);
  }
  const tierOf = new Map<number, number>();
  const top = evaluated
    .flatMap((evaluation, tier) => evaluation.top.map((document) => ({ ...document, tier })))
    .filter(({ doc, tier }) => {
      const isNew = !tierOf.has(doc);
      if (isNew) tierOf.set(doc, tier);
      return isNew;
    })
    .slice(from, limit)
    .map((document, i) => ({ ...document, rank: from + i }));
  const mayMatch = await thoseThatMayMatch(index, postings, top, phrases);
  const explained = await explainDocuments(index, postings, terms, mayMatch, params);
  const ranked = mayMatch.map(({ rank, score, tier }, i) => ({ ...explained[i]!, rank, score, tier }));
  const ranks = phrases ? byRank(ranked, from, top.length) : ranked;
  const { total, totalIs, postings: decoded } = evaluated.at(-1)!;
  const segments = index.manifest.segments.length;
  const figures = { docCount: liveDocs(index.manifest), segments, postings: decoded, evaluateMs };
  const counts = evaluated.slice(0, -1).map((tier) => ({ total: tier.total, totalIs: tier.totalIs }));
  const docFreqs = new Map(terms.scoring.map(({ term }) => [term, docFreqIn(postings, term)]));
  return { total, totalIs, ranked, ranks, tiers: counts, docFreqs, figures };
}

/** Documents without those that the places of their words exclude, in their order; one round at most. */
export async function thoseThatMayMatch<Doc extends { readonly doc: number }>(
  index: IndexReader,
  postings: readonly SegmentPostings[],
  docs: readonly Doc[],
  phrases: PhraseFilter | undefined,
): Promise<readonly Doc[]> {
  if (!phrases) return docs;
  const placesOf = await index.places(
    postings,
    phrases.terms,
    docs.map(({ doc }) => doc),
  );
  return docs.filter(({ doc }) => phrases.mayMatch((term) => placesOf(doc, term)));
}

function byRank(ranked: readonly RankedDocument[], from: number, count: number) {
  const ranks = Array.from({ length: count }, (): RankedDocument | undefined => undefined);
  for (const document of ranked) ranks[document.rank - from] = document;
  return ranks;
}

/**
 * Documents that match, in the order given, with their scores. The lists of the scoring terms are complete.
 * @param from the rank of the first
 */
export async function describeDocuments(
  index: IndexReader,
  postings: readonly SegmentPostings[],
  terms: QueryTerms,
  docs: readonly number[],
  { params, tier, from }: { readonly params: Bm25Params; readonly tier: number; readonly from: number },
): Promise<RankedDocument[]> {
  const top = describeTop(
    postings,
    terms,
    docs.map((doc) => ({ doc, score: 0 })),
  );
  const explained = await explainDocuments(index, postings, terms, top, params);
  return explained.map(({ explanation, ...image }, i) => {
    const score = explanation.terms.reduce((sum, term) => sum + term.score, 0);
    return { ...image, rank: from + i, score, tier, explanation };
  });
}

/** The images of documents, and how their scores come about. */
async function explainDocuments(
  index: IndexReader,
  postings: readonly SegmentPostings[],
  terms: QueryTerms,
  top: readonly RankedDoc[],
  params: Bm25Params,
): Promise<(ImageState & Pick<RankedDocument, 'explanation'>)[]> {
  const images = await index.images(postings, top);
  const scoring = terms.scoring.map((scored) => ({ ...scored, docFreq: docFreqIn(postings, scored.term) }));
  return top.map(({ docLen, placedFreqs }, i) => {
    const present = scoring
      .map((scored, term) => ({ ...scored, placedFreq: placedFreqs[term]! }))
      .filter(({ placedFreq }) => placedFreq > 0);
    return { ...images[i]!, explanation: explain(present, docLen, index.collection, params) };
  });
}
