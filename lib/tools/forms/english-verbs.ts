import { functionWordsOf } from '../../text/function-words.ts';
import { readWordNet } from '../lexicon/read-wordnet.ts';
import type { Inflections } from './mend-stems.ts';
import type { Pair } from './compile-forms.ts';

/** WordNet's fields of whole things: animals, artifacts, food, plants. */
const THINGS = new Set([5, 6, 13, 20]);
/** Uses of a verb that texts have more often than any thing that is written like one of its forms, and that nobody tagged. */
const COMMON = 20;
/** Uses of a noun that are more than chance. */
const FEW = 3;

/**
 * Irregular forms of English verbs, and the words that are no such forms: nouns that somebody tagged in a text ("saw", "spoke"), and what is
 * rather an adjective.
 *
 * @param exceptions the text of `verb.exc` of WordNet
 */
export function englishVerbs(exceptions: string): Inflections {
  const { nouns, verbs, adjectives, tagged, synsets } = readWordNet();
  const closed = functionWordsOf('en').words;
  const isVerb = new Set(verbs.flat());
  const isThing = (word: string) =>
    nouns.get(word)?.some(({ synset }) => THINGS.has(synsets.get(synset)!.field)) ?? false;
  const isNoun = (word: string) => nouns.get(word)?.some((sense) => sense.tagged > 0) ?? false;
  /** What is built is no building, whose stem is that of the verb. */
  const namesThing = (verb: string) =>
    nouns
      .get(`${verb}ing`)
      ?.some(({ synset, tagged: uses }) => THINGS.has(synsets.get(synset)!.field) && uses >= FEW) ?? false;
  const pairs: Pair[] = [];
  const lines = exceptions
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ') as [string, ...string[]]);
  const participles = lines.filter(([form]) => /ne?$/.test(form));
  /** Who was born is borne by nobody: of two participles of a verb the adjective is a word of its own. */
  const isOwn = (form: string, verb: string) =>
    adjectives.has(form) && participles.some(([other, ...of]) => other === `${form}e` && of.includes(verb));
  for (const [form, ...of] of lines) {
    const words = of.filter((word) => word !== form && isVerb.has(word));
    const [verb] = words;
    if (verb === undefined || words.length > 1 || !/^[a-z]{3,}$/.test(form) || closed.has(form)) continue;
    if (isNoun(form) || isVerb.has(form) || (isThing(form) && tagged.get(verb)! < COMMON)) continue;
    if (!namesThing(verb) && !isOwn(form, verb)) pairs.push([form, verb]);
  }
  const words = [...nouns.keys(), ...isVerb, ...adjectives, ...tagged.keys()];
  return { pairs, others: words.filter((word) => /^[a-z]+$/.test(word)) };
}
