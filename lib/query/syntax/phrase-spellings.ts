import { LONGEST_NAME, SHORTEST_PART, type Analyzer } from '../../text/analyzer.ts';
import { compoundTerm } from '../../text/index-terms.ts';
import { joinedTerms } from '../../text/joined-words.ts';
import type { Spelling } from './syntax-tree.ts';

/**
 * Other ways to write words of a phrase: together what stands apart ("wi fi", "ice cream"), and apart what is a name written together
 * ("icecream").
 *
 * @param text of the phrase, without quotes
 */
export function spellingsOf(text: string, analyzer: Analyzer): Spelling[] {
  const words = analyzer.termsWithPlaces(text);
  const { lexicon } = analyzer;
  const together = Array.from(joinedTerms(words, text, analyzer)).flatMap(({ term, start, end }) => {
    const first = words.findIndex((word) => word.start === start);
    const last = words.findLastIndex((word) => word.end === end);
    return first >= 0 && last > first ? [{ term, first, last }] : [];
  });
  const named = words.slice(1).flatMap((next, first): Spelling[] => {
    const word = words[first]!;
    const term = analyzer.joinedTerm(text.slice(word.start, word.end) + text.slice(next.start, next.end));
    const isName = lexicon.isCompound(`${word.term} ${next.term}`) || lexicon.isEntry(term);
    return isName ? [{ term, first, last: first + 1 }] : [];
  });
  const apart = words.flatMap(({ term, start, end }, at) =>
    namesIn(analyzer.normalize(text.slice(start, end)), analyzer)
      .filter((name) => name !== term)
      .map((name) => ({ term: compoundTerm(name), first: at, last: at })),
  );
  const all = [...together, ...named, ...apart];
  return [...new Map(all.map((spelling) => [JSON.stringify(spelling), spelling])).values()];
}

/** The names of two words that a word is when it is written together. */
function namesIn(word: string, analyzer: Analyzer): string[] {
  const { lexicon } = analyzer;
  if (analyzer.language !== 'en' || word.length > LONGEST_NAME || !/^[a-z]+$/.test(word)) return [];
  return Array.from({ length: Math.max(0, word.length - 2 * SHORTEST_PART + 1) }, (_, i) => i + SHORTEST_PART)
    .map((at) => [word.slice(0, at), word.slice(at)].map((part) => analyzer.joinedTerm(part)).join(' '))
    .filter((name) => lexicon.isCompound(name));
}
