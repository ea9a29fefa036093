import { join } from 'node:path';
import type { Language } from '../../domain/language.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import { normalize } from '../../text/normalize.ts';
import { withUmlauts } from '../../text/umlauts.ts';
import type { Pair } from './compile-forms.ts';
import { dutchPairs } from './dutch-pairs.ts';
import { dutchVerbs } from './dutch-verbs.ts';
import { englishPairs, type Exceptions } from './english-pairs.ts';
import { englishVerbs } from './english-verbs.ts';
import { germanComparatives, germanInflections } from './german-inflections.ts';
import { germanPairs } from './german-pairs.ts';
import type { Inflections } from './mend-stems.ts';
import type { Commonness } from './mend-words.ts';
import { pluralPairs } from './plural-pairs.ts';
import { STRONG_PASTS, swedishInflections } from './swedish-inflections.ts';
import { swedishPairs } from './swedish-pairs.ts';
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
import { italianVerbs, verbPairs } from './verb-pairs.ts';
import { amongVocabulary } from './vocabulary.ts';

/** The logarithm of how probable a noun is that hardly anybody writes. */
export const RARE = -15;

export async function pairsOf(language: FormLanguage, sources: Sources): Promise<Pair[]> {
  const pairs = await nounsOf(language, sources);
  const vocabulary = await vocabularyOf(language, sources[3]);
  if (!vocabulary) return pairs;
  if (language !== 'de') return amongVocabulary(language, pairs, vocabulary);
  const table = await germanWords('adjectives', sources[3]);
  const adjectives = new Set(Object.keys(JSON.parse(table) as object).map((word) => normalize(word, 'de')));
  const all = amongVocabulary(language, pairs, vocabulary, (word) => adjectives.has(word));
  // "jünger" is younger, and no disciple.
  const comparatives = germanComparatives(table, vocabulary);
  return [...new Map([...all, ...comparatives])].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** WordNet's lists of irregular forms. */
export async function exceptionsIn(folder: string): Promise<Exceptions> {
  const [nouns, verbs, adjectives] = await Promise.all(
    ['noun', 'verb', 'adj'].map((part) => read(join(folder, `${part}.exc`))),
  );
  return { nouns: nouns!, verbs: verbs!, adjectives: adjectives! };
}

async function nounsOf(
  language: FormLanguage,
  [exceptions, varcon, germanNouns, packages]: Sources,
): Promise<Pair[]> {
  if (language === 'en') return englishPairs(await exceptionsIn(exceptions), await read(varcon));
  if (language === 'de') return germanPairs(await read(germanNouns), await logProbsOf('de', packages));
  if (language === 'sv') return swedishPairs((await vocabularyOf(language, packages))!);
  if (language === 'it') return pluralPairs(language, await italianForms(packages));
  const forms = await dictionaryOf(language, packages);
  if (language === 'nl') return dutchPairs(forms, (await vocabularyOf(language, packages))!);
  const { isHeard } = await commonnessOf(language, [exceptions, varcon, germanNouns, packages]);
  return pluralPairs(
    language,
    forms.map(({ form, word }) => [form, word] as const),
    isHeard,
  );
}

/** Forms of verbs and of some adjectives. */
export async function inflectionsOf(language: FormLanguage, sources: Sources): Promise<Inflections> {
  const [exceptions, , , packages] = sources;
  if (language === 'en') return englishVerbs(await read(join(exceptions, 'verb.exc')));
  if (language === 'sv') {
    const vocabulary = (await vocabularyOf(language, packages))!;
    // "Åker" is a field, and what somebody does.
    const nouns = swedishPairs(vocabulary).flatMap(([form, base]) => (form === base ? [] : [base]));
    return { ...swedishInflections(vocabulary), own: new Set(nouns).difference(STRONG_PASTS) };
  }
  if (language === 'de')
    return germanInflections(
      await germanWords('verbs', packages),
      await germanWords('adjectives', packages),
      await heardNouns(sources),
      (await vocabularyOf(language, packages))!,
    );
  const commonness = await commonnessOf(language, sources);
  if (language === 'it') {
    const [verbs, nouns] = await Promise.all([morphIt('verb', packages), morphIt('noun', packages)]);
    const others = (await italianForms(packages)).flatMap((pair) => pair);
    return heardOf(italianVerbs(verbs, others, new Set(Object.keys(nouns))), commonness);
  }
  if (language === 'nl') return dutchVerbs(await dictionaryOf(language, packages));
  const inflections = verbPairs(language, await dictionaryOf(language, packages), commonness.isHeard);
  if (language === 'fr') return inflections;
  return heardOf(
    language === 'es' ? rather(inflections, await logProbsOf('es', packages)) : inflections,
    commonness,
  );
}

/** Of a verb in texts, at least. */
const HEARD_FORMS = 4;
/** Forms with a pronoun behind them, that dictionaries of Spanish, Italian and Portuguese make in thousands. */
const WITH_PRONOUN =
  /(?:r|ndo|t[oaie]|[áéíó]\p{L}+)(?:mi|ti|si|ci|vi|ne|gli|gliel\p{L}+|[mtscv]e|les?|[nv]?os|l[oaie]s?)$/u;

/** Forms that texts have, and those of verbs that are heard: dictionaries have words that hardly anybody writes. */
function heardOf({ pairs, ...rest }: Inflections, { isHeard, logProbOf }: Commonness): Inflections {
  const all = Array.from(pairs);
  const heard = new Map<string, Set<string>>();
  for (const [form, verb] of all)
    if (isHeard(form)) heard.set(verb, (heard.get(verb) ?? new Set()).add(form));
  const isCommon = (verb: string) => heard.get(verb)!.size >= HEARD_FORMS || logProbOf(verb)! > RARE;
  const common = new Set(Array.from(heard.keys()).filter(isCommon));
  return {
    ...rest,
    pairs: all.filter(([form, verb]) => isHeard(form) || (common.has(verb) && !WITH_PRONOUN.test(form))),
    common,
  };
}

/**
 * Spanish nouns of which texts have the plural less often than that of a verb are rather the verb: "cuelga", since "cuelgan" is commoner than
 * "cuelgas", but not "rueda". So are those that are written with an accent more often: "cayó", beside "cayo".
 */
function rather(
  { pairs, own, ...rest }: Inflections,
  logProbs: Readonly<Record<string, number>>,
): Inflections {
  const all = Array.from(pairs);
  const written = new Set(all.map(([form, verb]) => `${form} ${verb}`));
  const isCommoner = (one: string, other: string) =>
    (logProbs[one] ?? -Infinity) > (logProbs[other] ?? -Infinity) + LITTLE;
  const spelt = Map.groupBy(
    Object.keys(logProbs).filter((word) => word.endsWith('o')),
    (word) => normalize(word, 'es'),
  );
  const isAccented = (form: string) =>
    [form, ...(spelt.get(form) ?? [])].every((word) => isCommoner(form.replace(/o$/, 'ó'), word));
  const isRather = (form: string, verb: string) =>
    (written.has(`${form}n ${verb}`) && isCommoner(`${form}n`, `${form}s`)) ||
    (form.endsWith('o') && isAccented(form));
  const verbs = new Set(all.flatMap(([form, verb]) => (isRather(form, verb) ? [form] : [])));
  return { ...rest, pairs: all, own: own!.difference(verbs) };
}

/** What is known of how common words are: by Snowball's vocabularies, and in German and Spanish by texts. All of it is unknown of French. */
export async function commonnessOf(language: FormLanguage, [, , , packages]: Sources): Promise<Commonness> {
  const vocabulary = await vocabularyOf(language, packages);
  const heard = new Set(vocabulary?.map((word) => normalize(word, language)));
  const logProbs =
    language === 'de' || language === 'es'
      ? await logProbsOf(language, packages)
      : ({} as Record<string, number>);
  const known = new Map<string, number>();
  for (const [word, logProb] of Object.entries(logProbs))
    known.set(
      normalize(word, language),
      Math.max(logProb, known.get(normalize(word, language)) ?? -Infinity),
    );
  const isCommon = (word: string) => (known.get(word) ?? -Infinity) > COMMON;
  return {
    isHeard: (form) => vocabulary === undefined || heard.has(form) || isCommon(form),
    logProbOf: (word) => known.get(word),
  };
}

/** The logarithm of how probable a form is that texts have again and again. */
const COMMON = -13;

/** The logarithm of how probable a noun is that everybody has. */
const COMMON_NOUN = -11;
/** Of one that most people know. */
const HEARD_NOUN = -12.5;
/** A difference of logarithms that says nothing: below three times as often. */
const LITTLE = 1;

/**
 * Forms of German nouns that texts have, but for those that they write small more often, which are rather of a verb: "trank", but not "Stand",
 * "Schienen" and "Gefahren". The more texts have the noun, the less that says.
 */
async function heardNouns(sources: Sources): Promise<string[]> {
  const [capital, small] = await Promise.all([nounLogProbs(sources[3]), logProbsOf('de', sources[3])]);
  const smallness = (form: string) => (small[form] ?? -Infinity) - (capital.get(form) ?? -Infinity);
  return (await nounsOf('de', sources)).flatMap(([form, noun]) => {
    const logProb = Math.max(capital.get(noun) ?? -Infinity, capital.get(form) ?? -Infinity);
    if (logProb < RARE) return [];
    if (logProb >= COMMON_NOUN) return [form];
    return smallness(form) > (logProb >= HEARD_NOUN ? LITTLE : -LITTLE) ? [] : [form];
  });
}

/** How probable German nouns are, which begin with a capital; as logarithms. */
export async function nounLogProbs(packages: string): Promise<Map<string, number>> {
  const logProbs = new Map<string, number>();
  for (const [word, logProb] of Object.entries(await logProbsOf('de', packages))) {
    const noun = normalize(word, 'de');
    if (/^\p{Lu}/u.test(word)) logProbs.set(noun, Math.max(logProb, logProbs.get(noun) ?? -Infinity));
  }
  return logProbs;
}

/**
 * Nouns and adjectives of Morph-it!, without superlatives, with which nobody describes a picture, and without those that are written like the
 * name of a verb ("leggere").
 */
async function italianForms(packages: string): Promise<[form: string, word: string][]> {
  const [verbs, ...others] = await Promise.all([
    morphIt('verb', packages),
    morphIt('noun', packages),
    morphIt('adj', packages),
  ]);
  return others.flatMap((table) =>
    Object.entries(table).filter(
      ([form, word]) => !/issim[aeio]$/.test(form) && (form === word || verbs[form] !== form),
    ),
  );
}

/** The term of a base form. */
export function stemOf(language: Language): (word: string) => string {
  const stem = stemmerOf(language)!;
  return language === 'de' ? (word) => withUmlauts(stem(word), word) : stem;
}
