import type { Analyzer } from '../../text/analyzer.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import type { IndexReader } from '../index/index-reader.ts';

/** English words that most English texts have one of, but for those that the tenant's language has too. */
const TELLING = ['the', 'of', 'with', 'and'];
/** Texts are English, too, from this share of the images on that have the most frequent of them. */
const LEAST_SHARE = 0.1;

/**
 * Whether a tenant's texts are English as well, whatever its language: models and old captions often are. Read from how many images have
 * English function words; one round.
 */
export async function hasEnglishTexts(index: IndexReader, analyzer: Analyzer): Promise<boolean> {
  if (analyzer.language === 'en') return true;
  const { words } = functionWordsOf(analyzer.language);
  const terms = TELLING.filter((word) => !words.has(word)).flatMap((word) => analyzer.termsOfWord(word));
  const docFreqs = await index.docFreqs(terms);
  return Math.max(...docFreqs.values()) >= Math.max(1, LEAST_SHARE * index.collection.docCount);
}

const known = new Map<string, ReadonlySet<string>>();

/** The terms of words that say nothing in a tenant's texts: no picture is associated with them. */
export async function silentTerms(index: IndexReader, analyzer: Analyzer): Promise<ReadonlySet<string>> {
  const isEnglish = await hasEnglishTexts(index, analyzer);
  const languages = isEnglish ? [...new Set([analyzer.language, 'en'])] : [analyzer.language];
  const key = languages.join(' ');
  const terms =
    known.get(key) ??
    new Set(
      languages
        .flatMap((language) => [...functionWordsOf(language).words])
        .flatMap((word) => analyzer.termsOfWord(word)),
    );
  known.set(key, terms);
  return terms;
}

/** Whether a term tells something of a picture: a number alone does not. */
export const tells = (term: string, silent: ReadonlySet<string>): boolean =>
  !silent.has(term) && !/^\p{N}+$/u.test(term);
