import snowball from 'snowball-stemmers';
import { normalize } from './normalize.ts';
import { tokenize } from './tokenize.ts';

const stemmer = snowball.newStemmer('english');

/** Longer terms are cut: they are noise, and a term is part of a sort key of at most 1,024 bytes. */
const MAX_TERM_CHARS = 64;

/** A term with the place in the text that it comes from. */
export interface TermAt {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The one chain for glosses and for queries: tokenize, normalize, stem (Snowball's English). No stop words are
 * dropped, so that every word a person types can be found.
 */
export function analyzeWithPlaces(text: string): TermAt[] {
  return tokenize(text).flatMap(({ word, start, end }) =>
    termsOfWord(word).map((term) => ({ term, start, end })),
  );
}

/** The terms of a text in order, with repetitions. */
export function analyze(text: string): string[] {
  return tokenize(text).flatMap(({ word }) => termsOfWord(word));
}

// Words repeat endlessly while their terms never change; the bounds keep a hostile vocabulary from filling memory.
const termsByWord = new Map<string, readonly string[]>();
const MAX_CACHED_WORDS = 50_000;

function termsOfWord(word: string): readonly string[] {
  let terms = termsByWord.get(word);
  if (!terms) {
    terms = tokenize(normalize(word)).map((part) =>
      stemmer.stem(part.word).slice(0, MAX_TERM_CHARS).toWellFormed(),
    );
    if (word.length > MAX_TERM_CHARS) return terms;
    if (termsByWord.size >= MAX_CACHED_WORDS) termsByWord.clear();
    termsByWord.set(word, terms);
  }
  return terms;
}
