import { join } from 'node:path';
import type { Language } from '../../domain/language.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import { normalize } from '../../text/normalize.ts';
import { withUmlauts } from '../../text/umlauts.ts';
import type { Pair } from './compile-forms.ts';
import { dutchPairs } from './dutch-pairs.ts';
import { dutchVerbs } from './dutch-verbs.ts';
import { englishPairs } from './english-pairs.ts';
import { englishVerbs } from './english-verbs.ts';
import { germanComparatives, germanInflections } from './german-inflections.ts';
import { germanPairs } from './german-pairs.ts';
import type { Inflections } from './mend-stems.ts';
import type { Commonness } from './mend-words.ts';
import { pluralPairs } from './plural-pairs.ts';
import { swedishInflections } from './swedish-inflections.ts';
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
  const all = amongVocabulary(language, pairs, vocabulary);
  if (language !== 'de') return all;
  // "jünger" is younger, and no disciple.
  const comparatives = germanComparatives(await germanWords('adjectives', sources[3]), vocabulary);
  return [...new Map([...all, ...comparatives])].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function nounsOf(
  language: FormLanguage,
  [exceptions, varcon, germanNouns, packages]: Sources,
): Promise<Pair[]> {
  if (language === 'en') {
    const [nouns, verbs, adjectives] = await Promise.all(
      ['noun', 'verb', 'adj'].map((part) => read(join(exceptions, `${part}.exc`))),
    );
    return englishPairs({ nouns: nouns!, verbs: verbs!, adjectives: adjectives! }, await read(varcon));
  }
  if (language === 'de') return germanPairs(await read(germanNouns), await logProbsOf('de', packages));
  if (language === 'sv') return swedishPairs((await vocabularyOf(language, packages))!);
  if (language === 'it') return pluralPairs(language, await italianForms(packages));
  const forms = await dictionaryOf(language, packages);
  if (language === 'nl') return dutchPairs(forms, (await vocabularyOf(language, packages))!);
  return pluralPairs(
    language,
    forms.map(({ form, word }) => [form, word] as const),
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
    return { ...swedishInflections(vocabulary), own: new Set(nouns) };
  }
  if (language === 'de')
    return germanInflections(
      await germanWords('verbs', packages),
      await germanWords('adjectives', packages),
      await heardNouns(sources),
      (await vocabularyOf(language, packages))!,
    );
  if (language === 'it')
    return heardOf(
      italianVerbs(
        await morphIt('verb', packages),
        (await italianForms(packages)).flatMap((pair) => pair),
      ),
      await commonnessOf(language, sources),
    );
  if (language === 'nl') return dutchVerbs(await dictionaryOf(language, packages));
  const inflections = verbPairs(language, await dictionaryOf(language, packages));
  return language === 'pt' ? heardOf(inflections, await commonnessOf(language, sources)) : inflections;
}

/** Dictionaries of Italian and Portuguese have forms with pronouns, and words that hardly anybody writes. */
const heardOf = ({ pairs, ...rest }: Inflections, { isHeard }: Commonness): Inflections => ({
  ...rest,
  pairs: Array.from(pairs).filter(([form]) => isHeard(form)),
});

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
/** A difference of logarithms that says little. */
const LITTLE = 0.5;

/**
 * Forms of German nouns that texts have, but for rarer nouns that they write small as well, which is rather a verb: "trank", but not "Stand",
 * "Schloss" and "Gefahren".
 */
async function heardNouns(sources: Sources): Promise<string[]> {
  const [capital, small] = await Promise.all([nounLogProbs(sources[3]), logProbsOf('de', sources[3])]);
  const isSmall = (form: string) => (small[form] ?? -Infinity) > (capital.get(form) ?? -Infinity) - LITTLE;
  return (await nounsOf('de', sources)).flatMap(([form, noun]) => {
    const logProb = capital.get(noun) ?? -Infinity;
    return logProb < RARE || (logProb < COMMON_NOUN && isSmall(form)) ? [] : [form];
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

/** Nouns and adjectives of Morph-it!, without superlatives: nobody describes a picture with all of them. */
const italianForms = async (packages: string): Promise<[form: string, word: string][]> =>
  (await Promise.all([morphIt('noun', packages), morphIt('adj', packages)])).flatMap((table) =>
    Object.entries(table).filter(([form]) => !/issim[aeio]$/.test(form)),
  );

/** The term of a base form. */
export function stemOf(language: Language): (word: string) => string {
  const stem = stemmerOf(language)!;
  return language === 'de' ? (word) => withUmlauts(stem(word), word) : stem;
}
