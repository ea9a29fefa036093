import type { Gloss } from '../../domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../domain/ids.ts';
import type { Companion } from '../../lexicon/background-table.ts';
import { GlossAnalysis } from '../../query/hits/gloss-analysis.ts';
import { termsOfGloss, wordsOfGloss } from '../../query/hits/gloss-words.ts';
import { pullOf, TermCounts, weighAssociation } from '../../rank/associations.ts';
import { ENGLISH } from '../../text/analyzer.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import { tells } from '../../steps/search/silent-terms.ts';

/** What a table is made of, and how much of it. */
export interface CountLimits {
  /** Pictures that have to say a term for the table to say what goes with it. */
  readonly leastPictures: number;
  /** The same for a word to be named as a companion. */
  readonly leastOfCompanion: number;
  /** Companions of a term at most, those that move a ranking most. */
  readonly mostCompanions: number;
}

/** Large enough for what pictures show, and the file stays small. */
export const COUNT_LIMITS: CountLimits = { leastPictures: 6, leastOfCompanion: 5, mostCompanions: 48 };

export interface CaptionCounts {
  readonly companionsOf: ReadonlyMap<string, readonly Companion[]>;
  /** How many pictures say a word. */
  readonly docFreqs: ReadonlyMap<string, number>;
}

/**
 * What goes with each term, compound and class that captions of pictures say, as associations are weighed.
 * @param pictures the captions of each
 */
export function countCaptions(
  pictures: readonly (readonly string[])[],
  { leastPictures, leastOfCompanion, mostCompanions }: CountLimits = COUNT_LIMITS,
): CaptionCounts {
  const silent = new Set([...functionWordsOf('en').words].flatMap((word) => ENGLISH.termsOfWord(word)));
  const all = new TermCounts();
  const inside = new Map<string, TermCounts>();
  const analysis = new GlossAnalysis(ENGLISH, { words: Infinity, spellings: Infinity });
  for (const captions of pictures) {
    const analysed = analysis.of(glossOf(captions))!;
    const words = [...wordsOfGloss(analysed).keys()].filter((term) => tells(term, silent));
    all.add(words);
    for (const term of termsOfGloss(analysed)) {
      if (!tells(term, silent)) continue;
      const counts = inside.get(term) ?? new TermCounts();
      counts.add(words);
      inside.set(term, counts);
    }
  }
  const companionsOf = new Map<string, Companion[]>();
  for (const [key, counts] of [...inside].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (counts.docs < leastPictures) continue;
    const companions = Array.from(counts.docFreqs, ([term, count]) =>
      weighAssociation(term, count, all.docFreqs.get(term)!, counts.docs, all.docs),
    )
      .filter(
        ({ term, strength, docFreq, count }) =>
          term !== key && strength > 0 && docFreq >= leastOfCompanion && count > 1,
      )
      .sort((a, b) => pullOf(b) - pullOf(a) || (a.term < b.term ? -1 : 1))
      .slice(0, mostCompanions);
    if (companions.length > 0)
      companionsOf.set(
        key,
        companions.map(({ term, strength }) => ({ term, strength })),
      );
  }
  return { companionsOf, docFreqs: all.docFreqs };
}

const glossOf = (captions: readonly string[]): Gloss => ({
  imageId: parseImageId('0'.repeat(32)),
  sequencer: parseSequencer('1'),
  model: '',
  promptVersion: '',
  cropPolicy: '',
  views: captions.map((caption, index) => ({
    view: { index, kind: 'text' },
    tags: [],
    caption,
    visibleText: '',
  })),
});
