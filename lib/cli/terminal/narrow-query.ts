import type { SearchAnswer } from '../../api/search/schema.ts';

/** What a line that was typed asks for. */
export type NarrowingStep =
  | { readonly do: 'search'; readonly query: string }
  | { readonly do: 'open'; readonly hit: number }
  | { readonly do: 'undo' | 'end' }
  | { readonly do: 'explain'; readonly why: string };

type RelatedWord = NonNullable<SearchAnswer['related']>['words'][number];

/** What lines mean, for whoever sees them first. */
export const NARROWING_HELP =
  'a number asks for that word, -number excludes it; +word and -word are added; words search anew; "open 1" shows a hit; "back"; "?" says this again; an empty line ends';

/**
 * How a query is narrowed by a line.
 * @param words that were offered, numbered from 1
 * @param hits how many are shown
 */
export function narrowingStep(
  query: string,
  line: string,
  words: readonly Pick<RelatedWord, 'word'>[],
  hits: number,
): NarrowingStep {
  const typed = line.trim();
  if (typed === '' || typed === 'quit') return { do: 'end' };
  if (typed === 'back') return { do: 'undo' };
  if (typed === '?') return { do: 'explain', why: NARROWING_HELP };
  const opened = /^open (\d{1,3})$/.exec(typed);
  if (opened) {
    const hit = Number(opened[1]);
    return hit >= 1 && hit <= hits
      ? { do: 'open', hit: hit - 1 }
      : { do: 'explain', why: `there is no hit ${hit}` };
  }
  const chosen = /^([+-]?)(\d{1,2})$/.exec(typed);
  if (chosen) {
    const word = words[Number(chosen[2]) - 1]?.word;
    if (word === undefined) return { do: 'explain', why: `there is no word ${chosen[2]!}` };
    // In quotes a word stands for itself alone, as it was counted.
    return { do: 'search', query: `${query} ${chosen[1] === '-' ? '-' : '+'}"${word.replaceAll('"', '')}"` };
  }
  return { do: 'search', query: /^[+-]/.test(typed) ? `${query} ${typed}` : typed };
}

/** The words by which an answer can be narrowed, numbered. */
export const numberedWords = (words: readonly RelatedWord[]): string =>
  words.map(({ word, count }, i) => `${i + 1} ${word} (${count})`).join('  ');
