import type { RerankFactors, TermRarity } from '../../query/hits/score-views.ts';
import type { CompiledQuery } from '../../query/plan/compile-query.ts';
import { inverseDocFreq } from '../../rank/bm25.ts';
import type { IndexReader } from '../index/index-reader.ts';

/** How rare the function words of a query are; their lists are not read, and one round at most looks up how long those are. */
export async function rateFillers(
  index: IndexReader,
  { fillers }: Pick<CompiledQuery, 'fillers'>,
  { agreement }: RerankFactors,
): Promise<readonly TermRarity[]> {
  if (!agreement || fillers.length === 0) return [];
  const docFreqs = await index.docFreqs(fillers);
  return Array.from(docFreqs, ([term, docFreq]) => ({
    term,
    docFreq,
    idf: inverseDocFreq(index.collection.docCount, docFreq),
  }));
}
