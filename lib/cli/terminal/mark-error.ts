import { displayWidth } from './display-width.ts';

/**
 * A query with carets under the place of an error.
 * @param at start of the place, in UTF-16 code units of the query
 * @param length of the place; at least one caret is shown
 */
export function markError(query: string, at: number, length: number): string {
  const before = displayWidth(oneLine(query.slice(0, at)));
  const carets = Math.max(1, displayWidth(oneLine(query.slice(at, at + length))));
  return `  ${oneLine(query)}\n  ${' '.repeat(before)}${'^'.repeat(carets)}`;
}

/** Tabs and line ends would move the carets away from their place. */
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
