import { displayWidth } from './display-width.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text of at most so many columns: of a longer one the middle is left out, since names differ at their ends. */
export function shorten(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const letters = [...graphemes.segment(text)].map(({ segment }) => segment);
  const room = Math.max(0, columns - 1);
  const head = upTo(letters, Math.ceil(room / 2));
  const tail = upTo(letters.toReversed(), Math.floor(room / 2)).reverse();
  return `${head.join('')}…${tail.join('')}`;
}

function upTo(letters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const letter of letters) {
    used += displayWidth(letter);
    if (used > columns) break;
    taken.push(letter);
  }
  return taken;
}

/** Columns of the terminal that reads the answer; as many as it takes where nobody looks. */
export const terminalColumns = (): number =>
  process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
