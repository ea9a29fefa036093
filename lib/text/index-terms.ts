import type { Analyzer, TermAt } from './analyzer.ts';
import { LONGEST_COMPOUND, type Lexicon } from '../lexicon/lexicon.ts';

/** Words with spaces between: no single term can look so. */
export const compoundTerm = (key: string): string => key;
/** `=` is no letter, so no word of a text is spelled so. */
export const classTerm = (name: string): string => `=${name}`;
/** Terms that stand for words without being words: compounds and classes. */
export const isDerived = (term: string): boolean => term.startsWith('=') || term.includes(' ');

/** A term that a text is found by; derived ones stand where the words stand that they come from. */
interface IndexTerm extends TermAt {
  readonly isWord: boolean;
}

/**
 * Every term of a text: its words, the compounds among them, and the classes of what it speaks of. Words inside a
 * compound count as words and give no class: a hot dog is no dog.
 */
export function* indexTerms(text: string, analyzer: Analyzer, lexicon: Lexicon): Generator<IndexTerm> {
  const words = analyzer.termsWithPlaces(text);
  for (const word of words) yield { ...word, isWord: true };
  for (const { key, first, last } of units(words, lexicon)) {
    const place = { start: words[first]!.start, end: words[last]!.end, isWord: false };
    if (first < last) yield { term: compoundTerm(key), ...place };
    for (const name of lexicon.classesOf(key)) yield { term: classTerm(name), ...place };
  }
}

/** A word, or the words of a compound, by their positions. */
interface Unit {
  readonly key: string;
  readonly first: number;
  readonly last: number;
}

/** Words from left to right, as many together as make one name. */
export function* units(words: readonly { readonly term: string }[], lexicon: Lexicon): Generator<Unit> {
  for (let first = 0; first < words.length;) {
    let key = words[first]!.term;
    let last = first;
    const most = lexicon.beginsCompound(key) ? LONGEST_COMPOUND : 1;
    for (let end = Math.min(words.length, first + most); end > first + 1; end -= 1) {
      const joined = words
        .slice(first, end)
        .map(({ term }) => term)
        .join(' ');
      if (!lexicon.isCompound(joined)) continue;
      key = joined;
      last = end - 1;
      break;
    }
    yield { key, first, last };
    first = last + 1;
  }
}
