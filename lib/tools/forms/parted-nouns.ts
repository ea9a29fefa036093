import { normalize } from '../../text/normalize.ts';
import { readWordNet } from '../lexicon/read-wordnet.ts';
import type { Pair } from './compile-forms.ts';
import { englishFamilies } from './english-families.ts';
import { germanSeen } from './german-inflections.ts';
import { germanNouns } from './german-pairs.ts';
import { exceptionsIn, inflectionsOf, nounLogProbs, RARE, stemOf } from './pairs.ts';
import { verbPairs } from './verb-pairs.ts';
import { endsOf, partNouns, type Nouns } from './part-nouns.ts';
import {
  dictionaryOf,
  germanWords,
  logProbsOf,
  morphIt,
  read,
  vocabularyOf,
  type FormLanguage,
  type Sources,
} from './sources.ts';

/** How often nothing is known of a noun. */
const UNKNOWN = -Infinity;

/**
 * Nouns that the stemmer joins with another, with the form that is their term instead.
 *
 * @param pairs the forms of nouns, with their bases
 */
export async function partedNouns(
  language: FormLanguage,
  sources: Sources,
  pairs: readonly Pair[],
): Promise<Pair[]> {
  const nouns = await NOUNS[language]?.(sources, pairs);
  if (!nouns) return [];
  const vocabulary = await vocabularyOf(language, sources[3]);
  const heard = vocabulary && new Set(vocabulary.map((word) => normalize(word, language)));
  const forms = new Map<string, string[]>(Array.from(pairs, ([, base]) => [base, []]));
  for (const [form, base] of pairs) if (form !== base) forms.get(base)!.push(form);
  const isHeard = (noun: string) =>
    heard === undefined || [noun, ...forms.get(noun)!].some((form) => heard.has(form));
  const isNoun = (noun: string) =>
    noun.length >= SHORTEST &&
    (nouns.isNoun?.(noun) ?? forms.get(noun)!.length > 0) &&
    (nouns.least === undefined ? isHeard(noun) : nouns.frequencyOf(noun) >= nouns.least);
  return partNouns({ ...nouns, forms, isNoun }, stemOf(language));
}

/** Letters of a noun. */
const SHORTEST = 3;

type Told = Omit<Nouns, 'forms' | 'isNoun'> & {
  /** The frequency of a noun, at least; without it a noun is one that Snowball's vocabulary has. */
  readonly least?: number;
  /** Otherwise what has a plural is a noun. */
  readonly isNoun?: (word: string) => boolean;
};

const NOUNS: Readonly<
  Partial<Record<FormLanguage, (sources: Sources, pairs: readonly Pair[]) => Promise<Told>>>
> = {
  en: englishNouns,
  de: germanNounsOf,
  fr: (sources) => ofDictionary('fr', sources),
  es: (sources) => ofDictionary('es', sources),
  pt: (sources) => ofDictionary('pt', sources),
  it: italianNouns,
};

async function englishNouns([folder]: Sources, pairs: readonly Pair[]): Promise<Told> {
  const { nouns, verbs, adjectives } = readWordNet();
  const families = englishFamilies(pairs, await exceptionsIn(folder), stemOf('en'));
  const others = new Set([...verbs.flat(), ...adjectives]);
  const sensesOf = (noun: string) => nouns.get(noun) ?? [];
  const frequencyOf = (noun: string) => sensesOf(noun).reduce((sum, sense) => sum + sense.tagged, 0);
  const areOne = (one: string, other: string) =>
    sensesOf(one).some(({ synset }) => sensesOf(other).some((sense) => sense.synset === synset));
  const areOfTwo = (one: string, other: string) =>
    (families.isApart(one) || families.isApart(other)) && !families.areOne(one, other);
  return {
    isNoun: (word) => nouns.has(word),
    isElsewhere: (word, term) => !families.isApart(word) && (others.has(word) || families.isShared(term)),
    isApart: (noun) => families.isApart(noun),
    frequencyOf,
    least: 1,
    areTwo: (one, other) => areOfTwo(one, other) || (differInVowel(one, other) && !areOne(one, other)),
    // A word that nobody tagged follows its family.
    areOne: (word, noun) => nouns.has(word) && families.isApart(noun) && families.areOne(word, noun),
  };
}

/** Letters behind what two German nouns begin with alike, at most: "Wetter", "Wette". */
const LONGEST_END = 2;

/** A difference of logarithms: more than seven times as often. */
const MUCH = 2;

async function germanNounsOf([, , table, packages]: Sources): Promise<Told> {
  const told = germanNouns(await read(table));
  const verbs = await germanWords('verbs', packages);
  const seen = germanSeen(verbs, await germanWords('adjectives', packages));
  const infinitives = new Set(Object.keys(JSON.parse(verbs) as object).map((verb) => normalize(verb, 'de')));
  const logProbs = await nounLogProbs(packages);
  const small = await logProbsOf('de', packages);
  const verbsBy = Map.groupBy(infinitives, stemOf('de'));
  /** "Zelte" are tents, whatever else: a plural is rarer than its noun, so "Kohle" is none of "Kohl". */
  const isPlural = (one: string, other: string) =>
    Array.from(told.get(other) ?? []).some((plural) => plural.endsWith(` ${one}`)) &&
    (logProbs.get(one) ?? UNKNOWN) < (logProbs.get(other) ?? UNKNOWN);
  return {
    isElsewhere: (word) => seen.has(word),
    // "Wunde" is a wound, and hardly ever a form of "wund".
    isMostlyNoun: (word) => (logProbs.get(word) ?? UNKNOWN) > (small[word] ?? UNKNOWN) + MUCH,
    // Who does what a verb says is masculine: "Leber" is not of "leben", as "Leser" is of "lesen". "Mauern" is a verb of the noun.
    isApart: (noun, term) =>
      /er$/.test(noun) &&
      !infinitives.has(`${noun}n`) &&
      verbsBy.has(term) &&
      (told.get(noun)?.size ?? 0) > 0 &&
      Array.from(told.get(noun)!).every((mark) => !mark.startsWith('m')),
    frequencyOf: (noun) => logProbs.get(noun) ?? UNKNOWN,
    least: RARE,
    // "Tanzen" is what somebody does, as "Tanz" is.
    isNoun: (word) => told.has(word) && !infinitives.has(word),
    areTwo: (one, other) =>
      `${one}in` !== other &&
      `${other}in` !== one &&
      endsOf(one, other).every((end) => end.length <= LONGEST_END) &&
      !isPlural(one, other) &&
      !isPlural(other, one) &&
      (told.get(one)?.isDisjointFrom(told.get(other) ?? new Set()) ?? false),
  };
}

async function ofDictionary(language: 'fr' | 'es' | 'pt', sources: Sources): Promise<Told> {
  const dictionary = await dictionaryOf(language, sources[3]);
  const { pairs } = await inflectionsOf(language, sources);
  const verbsOf = Map.groupBy(pairs, ([form]) => form);
  const stem = stemOf(language);
  const logProbs = language === 'es' ? await logProbsOf('es', sources[3]) : {};
  // Rare ones, too: "copo" and "copa" are no word because of "copar".
  const verbs = new Set(Array.from(verbPairs(language, dictionary, () => false).pairs, ([, verb]) => verb));
  // Of one entry are "gato" and "gata", but so are "casa" and "caso" of a verb.
  const wordsOf = new Map<string, Set<string>>();
  for (const { form, word } of dictionary) {
    const [key, of] = [normalize(form, language), normalize(word, language)];
    if (!verbs.has(of)) wordsOf.set(key, (wordsOf.get(key) ?? new Set()).add(of));
  }
  /** "Nuevo" and "nueva", which have entries of their own, as "nuevamente" shows. */
  const isAdjective = (word: string) => /[ao]$/.test(word) && wordsOf.has(`${word.slice(0, -1)}amente`);
  // Both genders of an adjective are about as common; a face ("cara") is much more so than what is dear ("caro").
  const isMuchCommoner = (one: string, other: string) => logProbs[one]! > logProbs[other]! + MUCH;
  const areOne = (one: string, other: string) =>
    (isAdjective(one) && isAdjective(other) && !isMuchCommoner(one, other) && !isMuchCommoner(other, one)) ||
    !(wordsOf.get(one)?.isDisjointFrom(wordsOf.get(other) ?? new Set()) ?? true);
  return {
    // "Caso" is what I do and, with an accent, what somebody did.
    isElsewhere: (word, term) =>
      !/(?<![ai]d)o$/.test(word) && verbsOf.get(word)?.some(([, verb]) => stem(verb) === term) === true,
    frequencyOf: (noun) => logProbs[noun] ?? UNKNOWN,
    ...(language === 'es' && { least: RARE }),
    // Portuguese women and female animals ("gata") are in no entry: whoever parts "gato" from "gate" would part it from them.
    areTwo: (one, other) =>
      differInVowel(one, other) &&
      !areOne(one, other) &&
      (language !== 'pt' || endsOf(one, other).sort().join('') === 'ao'),
    // Of women and female animals the dictionary may say nothing.
    areOne: (one, other) =>
      areOne(one, other) || (/[ao]$/.test(one) && endsOf(one, other).join('').length === 2),
  };
}

async function italianNouns([, , , packages]: Sources): Promise<Told> {
  const [verbs, adjectives] = await Promise.all([morphIt('verb', packages), morphIt('adj', packages)]);
  const stem = stemOf('it');
  /** "Porto" is what I carry, "porti" and "fogli" what you do. */
  const isPerson = (form: string) => {
    const root = verbs[form]!.slice(0, -3);
    return [`${root}o`, `${root}i`, `${root}hi`, root].includes(form);
  };
  const isParticiple = (form: string) =>
    Object.hasOwn(verbs, form) && (/[aiu]t[oaie]$/.test(form) || !verbs[form]!.endsWith('are'));
  const of = (word: string) => [adjectives[word] ?? word, isParticiple(word) ? verbs[word] : undefined];
  const areOne = (one: string, other: string) =>
    of(one).some((word) => word !== undefined && of(other).includes(word));
  return {
    // "Porta" is of "portare", which has this stem; "porto" is of "porgere", too, which has not.
    isElsewhere: (word, term) => Object.hasOwn(verbs, word) && !isPerson(word) && stem(verbs[word]!) === term,
    frequencyOf: () => UNKNOWN,
    areTwo: (one, other) => differInVowel(one, other) && !areOne(one, other),
    areOne,
  };
}

/** Whether two words differ by their last vowel alone, with the consonant that French doubles before it: "puerta", "puerto"; "sel", "selle". */
function differInVowel(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((a, b) => a.length - b.length) as [string, string];
  if (long === `${short}${short.at(-1)}e`) return true;
  return endsOf(short, long).every((end) => /^[aeio]?$/.test(end));
}
