import { normalize } from '../../text/normalize.ts';
import type { Language } from '../../domain/language.ts';
import type { Pair } from './compile-forms.ts';

/** Letters that stand before a noun in a compound, at least. */
const SHORTEST_BEGINNING = 3;
/** Letters of the form of a noun that may end a compound, at least. */
const SHORTEST_NOUN = 4;
/** Endings of an adjective, of which most are written of one that is common. */
const ADJECTIVE: Readonly<Partial<Record<Language, readonly string[]>>> = {
  de: ['e', 'er', 'es', 'em', 'en'],
};
const MOST_ENDINGS = 3;
/** How definite forms end that the stemmer leaves whole: a word that ends so and has no forms itself may be one of a noun that is not written. */
const DEFINITE: Readonly<Partial<Record<Language, RegExp>>> = { sv: /^\p{L}{3,}an(?<!man)s?$/u };

/**
 * Pairs of nouns, and beside them what else is written: adjectives, verbs and particles are left to the stemmer, whose work an ending of nouns
 * would undo ("schöne" is no plural, as "Töne" is one). Compounds that end like a noun of the pairs are nouns.
 *
 * @param vocabulary words as people write them, without their classes
 * @param isAdjective whether a word is one; known of languages whose adjectives have endings of nouns
 */
export function amongVocabulary(
  language: Language,
  pairs: readonly Pair[],
  vocabulary: readonly string[],
  isAdjective: (word: string) => boolean = () => false,
): Pair[] {
  const bases = new Map(pairs);
  const words = new Set(
    vocabulary.filter((word) => /^\p{L}{2,}$/u.test(word)).map((word) => normalize(word, language)),
  );
  const endings = ADJECTIVE[language] ?? [];
  for (const word of words) {
    if (!isAdjective(word)) continue;
    const forms = endings.map((ending) => word + ending).filter((form) => words.has(form));
    if (endings.length > 0 && forms.length >= MOST_ENDINGS)
      for (const form of forms) if (bases.get(form) !== word) bases.set(form, form);
  }
  const isCompound = (word: string): boolean => {
    for (let at = SHORTEST_BEGINNING; at <= word.length - SHORTEST_NOUN; at += 1)
      if (bases.has(word.slice(at))) return true;
    return false;
  };
  const definite = DEFINITE[language];
  const withForms = new Set(Array.from(bases).flatMap(([form, base]) => (form === base ? [] : [base])));
  const isUnsure = (word: string) => definite?.test(word) === true && !withForms.has(word);
  for (const word of words) if (!bases.has(word) && !isCompound(word)) bases.set(word, word);
  return [...bases]
    .filter(([form, base]) => form !== base || !isUnsure(form))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
