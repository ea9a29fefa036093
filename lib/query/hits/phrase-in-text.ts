import type { TermAt } from '../../text/analyzer.ts';
import type { Leaf } from '../syntax/syntax-tree.ts';
import type { AnalysedText } from './gloss-analysis.ts';

/**
 * Whether a text has the words of a phrase side by side, however either writes them: what the index knows to be written together or apart
 * stands for the words at its place.
 */
export function hasPhrase(
  { words, derived }: Pick<AnalysedText, 'words' | 'derived'>,
  { terms, spellings = [] }: Pick<Leaf, 'terms' | 'spellings'>,
): boolean {
  const wanted = new Set([...terms, ...spellings.map(({ term }) => term)]);
  const others = derived.filter(({ term }) => wanted.has(term));
  if (spellings.length === 0 && others.length === 0)
    return words.some((_, start) => terms.every((term, i) => words[start + i]?.term === term));
  /** Where the text goes on behind a term that stands at a word: behind its last word. */
  const behind = (term: string, at: number): number[] => {
    const word = words[at];
    if (!word) return [];
    const after = others
      .filter((other) => other.term === term && other.start === word.start)
      .flatMap(({ end }) => wordEndingAt(words, at, end) ?? []);
    return word.term === term ? [at + 1, ...after] : after;
  };
  const goesOn = (i: number, at: number): boolean =>
    i === terms.length ||
    behind(terms[i]!, at).some((next) => goesOn(i + 1, next)) ||
    spellings.some(
      ({ term, first, last }) => first === i && behind(term, at).some((next) => goesOn(last + 1, next)),
    );
  return words.some((_, at) => goesOn(0, at));
}

/** The place behind the last word of a span. */
function wordEndingAt(words: readonly TermAt[], from: number, end: number): number | undefined {
  for (let at = from; at < words.length && words[at]!.start < end; at += 1)
    if (words[at]!.end === end && words[at + 1]?.end !== end) return at + 1;
  return undefined;
}
