/** A word as it stands in a text; start and end count UTF-16 code units, end exclusive. */
interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Its dictionaries go by script, not by locale (Unicode UAX 29; ICU's word breaking), so one serves every language. */
const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

/**
 * Runs of letters and digits with their marks, in order; everything else separates. In scripts without spaces a run is
 * cut into words by dictionary.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const mayBeUnspaced = UNSPACED.test(text);
  // Not matchAll, which copies the expression: most texts are a word.
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const { 0: word, index: start } = match;
    if (mayBeUnspaced && UNSPACED.test(word)) tokens.push(...segment(word, start));
    else tokens.push({ word, start, end: start + word.length });
  }
  return tokens;
}

function segment(run: string, at: number): Token[] {
  return Array.from(segmenter.segment(run), ({ segment: word, index }) => ({
    word,
    start: at + index,
    end: at + index + word.length,
  }));
}
