import type { Companion } from '../../lexicon/background-table.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { countUses } from '../lexicon/count-uses.ts';
import { VISIBLE } from '../lexicon/fields.ts';
import type { WordNet } from '../lexicon/read-wordnet.ts';

/** A definition names what a thing is and what is about it; its wider meanings alone say what it is. */
const OF_DEFINITION = 2;
const OF_WIDER = 4;
/** Meanings beyond these tell little: an ocelot is a wildcat, a cat, and then some animal. */
const WIDER_MEANINGS = 2;
/** Words of a noun at most: the surest, and of these the rarest. */
const MOST_WORDS = 10;
/** Of the noun in WordNet's own texts: rarer words are asked for by hardly anybody, and the file grows by half with them. */
const LEAST_USES = 2;

/**
 * What pictures may say that show a thing of which they do not say the name: words of its wider meanings and of its definition.
 * Of nouns of one word for visible things, in their most frequent meaning.
 * @param docFreqOf how many pictures of the world say a term; undefined for one that is not worth looking for
 * @returns by the term of the noun; those with a single word are left out
 */
export function defineWords(
  wordNet: WordNet,
  analyzer: Analyzer,
  docFreqOf: (term: string) => number | undefined,
): Map<string, Companion[]> {
  const { nouns, synsets } = wordNet;
  const uses = countUses(wordNet, analyzer);
  const defined = new Map<string, Companion[]>();
  for (const [lemma, [sense]] of nouns) {
    const synset = synsets.get(sense!.synset)!;
    const [key, ...others] = analyzer.terms(lemma.replaceAll('_', ' '));
    if (key === undefined || others.length > 0 || defined.has(key) || (uses.get(key) ?? 0) < LEAST_USES)
      continue;
    if (synset.isInstance || !VISIBLE.has(synset.field)) continue;
    const strengths = new Map<string, number>();
    const add = (text: string, strength: number) => {
      for (const term of analyzer.terms(text.replaceAll('_', ' ')))
        if (term !== key && docFreqOf(term) !== undefined)
          strengths.set(term, Math.max(strength, strengths.get(term) ?? 0));
    };
    add(synset.definition, OF_DEFINITION);
    let wider = synset.wider;
    for (let step = 0; step < WIDER_MEANINGS; step += 1) {
      for (const lemmas of wider.map((name) => synsets.get(name)!.lemmas))
        for (const one of lemmas) add(one, OF_WIDER);
      wider = wider.flatMap((name) => synsets.get(name)!.wider);
    }
    const words = Array.from(strengths, ([term, strength]) => ({ term, strength }))
      .sort((a, b) => b.strength - a.strength || docFreqOf(a.term)! - docFreqOf(b.term)!)
      .slice(0, MOST_WORDS);
    if (words.length > 1) defined.set(key, words);
  }
  return defined;
}
