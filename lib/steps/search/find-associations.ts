import type { GlossError } from '../../domain/errors.ts';
import type { Gloss } from '../../domain/gloss.ts';
import { CommonestSpelling } from '../../query/hits/commonest-spelling.ts';
import { shownWordsOf, wordsOfGloss } from '../../query/hits/gloss-words.ts';
import { oneMeaning } from '../../query/plan/one-meaning.ts';
import type { CompiledQuery } from '../../query/plan/compile-query.ts';
import { associate, TermCounts, type Association } from '../../rank/associations.ts';
import type { GlossAnalysis } from '../../query/hits/gloss-analysis.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { unlessCorrupt, type IndexReader } from '../index/index-reader.ts';
import { silentTerms, tells } from './silent-terms.ts';

/** Words of the candidates whose frequency in the whole index is looked up: a directory item each, mostly cached. */
const MAX_LOOKUPS = 128;

/** Best matches in whose glosses the likely tier counts words, where nothing is stored. More of them gain next to nothing (docs/relevance.md). */
export const COUNTED_FOR_LIKELY = 80;

/** What goes with some pictures, and how its words are written. */
export interface FoundAssociations {
  readonly associations: readonly Association[];
  /** Each term as most of the glosses write it. */
  readonly spelling: Pick<CommonestSpelling, 'get'>;
  readonly candidates: number;
  readonly docCount: number;
}

/** What goes with a query's one meaning in the whole collection. */
export type StoredAssociations = Pick<FoundAssociations, 'associations' | 'docCount'>;

/**
 * What goes with what a query asks for, by counts that are stored with the segments and without a look at any gloss;
 * undefined where it asks for several things or too little is stored.
 * @param onCorrupt hears why what is stored cannot be read, which is done without: glosses tell as much, for more reads. It is thrown where nobody hears
 */
export async function storedAssociations(
  index: IndexReader,
  compiled: CompiledQuery,
  analyzer: Analyzer,
  onCorrupt?: (error: GlossError) => void,
): Promise<StoredAssociations | undefined> {
  const terms = oneMeaning(compiled);
  if (terms.length === 0) return undefined;
  const read = () => index.associations(terms);
  const associations = await (onCorrupt ? unlessCorrupt(read, onCorrupt) : read());
  if (!associations) return undefined;
  const silent = await silentTerms(index, analyzer);
  return {
    associations: associations.filter(({ term }) => tells(term, silent)),
    docCount: index.collection.docCount,
  };
}

/**
 * What goes with a query, counted in the glosses of its candidates, as far as they are analysed: of the stored associations those that the candidates
 * have, or else the words that stand there more often than in the tenant's whole index. Words that only names of files have are none of them.
 */
export async function findAssociations(
  index: IndexReader,
  candidates: Iterable<Gloss>,
  analysis: GlossAnalysis,
  stored: StoredAssociations | undefined,
  analyzer: Analyzer,
): Promise<FoundAssociations> {
  const silent = await silentTerms(index, analyzer);
  const counts = new TermCounts();
  const spelling = new CommonestSpelling();
  const shown = new Set<string>();
  for (const gloss of candidates) {
    const analysed = analysis.of(gloss);
    if (!analysed) continue;
    const words = wordsOfGloss(analysed);
    counts.add([...words.keys()].filter((term) => tells(term, silent)));
    spelling.add(words);
    for (const term of shownWordsOf(analysed)) shown.add(term);
  }
  if (stored) {
    const associations = stored.associations.flatMap((association) => {
      const count = counts.docFreqs.get(association.term);
      return count === undefined || !shown.has(association.term) ? [] : [{ ...association, count }];
    });
    return { associations, spelling, candidates: counts.docs, docCount: stored.docCount };
  }
  const frequent = [...counts.docFreqs]
    .filter(([term]) => shown.has(term))
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))
    .slice(0, MAX_LOOKUPS)
    .map(([term]) => term);
  const { docCount } = index.collection;
  const docFreqs = await index.docFreqs(frequent);
  const associations = associate(counts, docCount, (term) => docFreqs.get(term));
  return { associations, spelling, candidates: counts.docs, docCount };
}
