/**
 * Characters that do not show, or that change how others show: controls, formats (bidi overrides and isolates, zero width), half
 * characters, private and unassigned ones, and separators of lines.
 */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;
const HIDDEN_BUT_LINE_ENDS = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

const hexOf = (code: number, digits: number): string => code.toString(16).toUpperCase().padStart(digits, '0');
const escaped = (character: string): string => `\\u{${hexOf(character.codePointAt(0)!, 4)}}`;

/** A text of others on one line, to be shown to people: what would not show stands there as `\u{202E}`. */
export const visibleText = (text: string): string => text.replace(HIDDEN, escaped);

/** As `visibleText`, with its line ends. */
export const visibleLines = (text: string): string => text.replace(HIDDEN_BUT_LINE_ENDS, escaped);

/** A value as JSON that holds no hidden character and is read as the same value. */
export const visibleJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(HIDDEN_BUT_LINE_ENDS, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${hexOf(character.charCodeAt(i), 4)}`).join(''),
  );

/** Whether all of a text can be seen. */
export const isVisible = (text: string): boolean => text.search(HIDDEN) < 0;

const MAX_REASON_CHARS = 300;

/** Why something failed, as it is kept and answered: short, and on one line. */
export function reasonText(text: string): string {
  const line = visibleText(text);
  return line.length <= MAX_REASON_CHARS ? line : `${line.slice(0, MAX_REASON_CHARS - 1).toWellFormed()}…`;
}
