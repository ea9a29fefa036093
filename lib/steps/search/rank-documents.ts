import type { ImageId } from '../../domain/ids.ts';
import { evaluate } from '../../query/evaluate/evaluate.ts';
import type { Evaluation } from '../../query/evaluate/evaluation.ts';
import { docFreqIn } from '../../query/evaluate/segment-postings.ts';
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

/** One of the best documents by BM25. */
export interface RankedDocument {
  readonly imageId: ImageId;
  readonly score: number;
  readonly explanation: Explanation;
}

/** The best documents by BM25, before anything is known of their images. */
export interface Ranking {
  readonly total: number;
  readonly totalIs: Evaluation['totalIs'];
  /** Best first; equal scores keep the order of insertion. */
  readonly ranked: readonly RankedDocument[];
  readonly figures: Omit<SearchFigures, 'totalMs'>;
}

/** Ranks the documents of a snapshot without reading records or glosses. @param limit documents wanted, any number */
export async function rankDocuments(
  index: IndexReader,
  terms: QueryTerms,
  limit: number,
  params: Bm25Params,
): Promise<Ranking> {
  const { collection } = index;
  const postings = await index.postings(termsToRead(terms));
  const evaluation = evaluate(postings, terms, collection, params, limit);
  let evaluateMs = 0;
  const advance = () => {
    const start = performance.now();
    const step = evaluation.next();
    evaluateMs += performance.now() - start;
    return step;
  };
  let step = advance();
  for (; !step.done; step = advance()) await index.readChunks(postings, step.value);
  const { top, total, totalIs, postings: evaluated } = step.value;
  const imageIds = await index.imageIds(postings, top);
  const scoring = terms.scoring.map((scored) => ({ ...scored, docFreq: docFreqIn(postings, scored.term) }));
  const ranked = top.map(({ score, docLen, termFreqs }, i) => {
    const present = scoring
      .map((scored, term) => ({ ...scored, termFreq: termFreqs[term]! }))
      .filter(({ termFreq }) => termFreq > 0);
    return { imageId: imageIds[i]!, score, explanation: explain(present, docLen, collection, params) };
  });
  const segments = index.manifest.segments.length;
  const figures = { docCount: collection.docCount, segments, postings: evaluated, evaluateMs };
  return { total, totalIs, ranked, figures };
}
