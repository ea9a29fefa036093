import type { Language } from '../domain/language.ts';
import type { BaseStemmer } from './stemmers/base-stemmer.ts';
import { DutchStemmer } from './stemmers/dutch.ts';
import { EnglishStemmer } from './stemmers/english.ts';
import { FrenchStemmer } from './stemmers/french.ts';
import { GermanStemmer } from './stemmers/german.ts';
import { ItalianStemmer } from './stemmers/italian.ts';
import { PortugueseStemmer } from './stemmers/portuguese.ts';
import { SpanishStemmer } from './stemmers/spanish.ts';
import { SwedishStemmer } from './stemmers/swedish.ts';

/** Snowball's algorithms; words of Japanese, Chinese and Thai have no endings. */
const STEMMERS: Readonly<Record<Language, (new () => BaseStemmer) | undefined>> = {
  en: EnglishStemmer,
  de: GermanStemmer,
  fr: FrenchStemmer,
  es: SpanishStemmer,
  it: ItalianStemmer,
  pt: PortugueseStemmer,
  nl: DutchStemmer,
  sv: SwedishStemmer,
  ja: undefined,
  zh: undefined,
  th: undefined,
};

/** Snowball's stemmer of a language, for words in lower case; undefined where words are not stemmed. */
export function stemmerOf(language: Language): ((word: string) => string) | undefined {
  const Stemmer = STEMMERS[language];
  if (!Stemmer) return undefined;
  const stemmer = new Stemmer();
  return (word) => stemmer.stemWord(word);
}
