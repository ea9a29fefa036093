import { backgroundOf } from '../../lexicon/background.ts';
import { NO_BACKGROUND, type Background } from '../../lexicon/background-table.ts';
import { likelyQuery } from '../../query/plan/likely-query.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { StoredAssociations } from './find-associations.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { rankDocuments, type Ranking } from './rank-documents.ts';
import { withBackground } from './with-background.ts';

/** What is known of what goes with a query. */
export interface LikelyFrom {
  readonly own: StoredAssociations;
  /** Whether that is stored with segments: it is of thousands of pictures. */
  readonly isStored: boolean;
  /** How many images have the query's words; undefined where nobody counted. */
  readonly matches: number | undefined;
  /** What goes with what in pictures of the world; that of the query's language when left out. */
  readonly background?: Background | undefined;
}

/** Fewer pictures tell nothing of what goes with a word. */
const FEW_MATCHES = 3;

/** Ranks documents without the words of a query by what goes with them: the likely tier, below every match. */
export async function rankLikely(
  index: IndexReader,
  { compiled, query }: PreparedQuery,
  { own, isStored, matches, background = backgroundOf(query.analyzer.language) }: LikelyFrom,
  limit: number,
  params: Bm25Params,
): Promise<Ranking> {
  const isRare = matches !== undefined && matches < FEW_MATCHES;
  // What is stored knows enough of the others: the background would read more and say little.
  const used = isStored && !isRare ? NO_BACKGROUND : background;
  const { associations, docCount } = await withBackground(index, compiled, own, used, isRare);
  return rankDocuments(index, likelyQuery(compiled.terms, associations, docCount), limit, params);
}
