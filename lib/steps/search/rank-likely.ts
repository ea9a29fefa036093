import { likelyQuery } from '../../query/plan/likely-query.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import type { Background } from '../../lexicon/background-table.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { StoredAssociations } from './find-associations.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { rankDocuments, type Ranking } from './rank-documents.ts';
import { withBackground } from './with-background.ts';

/** Ranks documents without the words of a query by what goes with them: the likely tier, below every match. */
export async function rankLikely(
  index: IndexReader,
  { compiled }: PreparedQuery,
  own: StoredAssociations,
  background: Background,
  limit: number,
  params: Bm25Params,
): Promise<Ranking> {
  const { associations, docCount } = await withBackground(index, compiled, own, background);
  return rankDocuments(index, likelyQuery(compiled.terms, associations, docCount), limit, params);
}
