/** A word as it stands in a text; start and end count UTF-16 code units, end exclusive. */
export interface Token {
  /** As written, but for signs inside that hold it together: "USA" of "U.S.A.". */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const LETTER = '[\\p{L}\\p{N}\\p{M}]';
const UNSEEN = '\\u00AD\\u200C-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF';
const APOSTROPHE = "['\\u2019\\u02BC\\uFF07]";
const JOINER = '[-\\u2010\\u2011/&]';

/** What holds together, and words: runs of letters and digits with their marks. */
const WORD = new RegExp(
  [
    // U.S.A., Ph.D.
    `(?<!${LETTER})(?<dotted>\\p{L}(?:\\.\\p{L}(?!${LETTER}))+|\\p{Lu}\\p{Ll}?(?:\\.\\p{Lu}\\p{Ll}?(?!${LETTER}))+|\\p{Ll}{2}\\.\\p{Ll}(?=\\.|$))`,
    // O'Brien, o'clock
    `(?<!${LETTER}|${APOSTROPHE})(?<named>[Oo]${APOSTROPHE}(?:\\p{L}\\p{M}*){2,})`,
    // C++, C#
    `(?<!${LETTER})(?<signed>[A-Za-z](?:\\+\\+|#))(?![\\p{L}\\p{N}+#])`,
    // t-shirt, Wi-Fi, AC/DC
    `(?<!${LETTER}|${LETTER}${JOINER})(?<tight>\\p{L}(?:${JOINER}\\p{L}+)+|\\p{L}{2}(?:${JOINER}\\p{L}{1,2})+|\\p{L}{3,}(?:${JOINER}\\p{L})+)(?!${LETTER}|${JOINER}${LETTER})`,
    `(?<word>[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}${UNSEEN}]*)`,
  ].join('|'),
  'gu',
);

/** The possessive of English, and what other languages took from it. */
const POSSESSIVE = new RegExp(`${APOSTROPHE}[sS](?!${LETTER})`, 'uy');
/** What somebody's years are: "1960's" is "1960s", as "90's" is "90s". */
export const DECADE = /^(?:\p{Nd}{2})?\p{Nd}0$/u;
const MAY_POSSESS = /[\p{Script=Latin}\p{M}\p{Nd}]$/u;

/** Where letters meet digits. */
const MIXED = /\p{L}\p{Nd}|\p{Nd}\p{L}/u;
const PARTS = /\p{Nd}+|[^\p{Nd}]+/gu;
/** Ordinals and decades are one word: "2nd", "1960s". */
export const ORDINAL = /^\p{Nd}+(?:st|nd|rd|th|s|er|e|ème|º|ª)$/iu;
/** More parts than this are a code that nobody writes apart. */
const MOST_PARTS = 4;

/** A letter of scripts that put no space between words. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Its dictionaries go by script, not by locale (Unicode UAX 29; ICU's word breaking), so one serves every language. */
const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

/**
 * Runs of letters and digits with their marks, in order; everything else separates, but for the signs of names that are one word
 * ("U.S.A.", "t-shirt", "C++"). Letters and digits side by side are words of their own ("50mm"). A possessive 's belongs to the word
 * before it. In scripts without spaces a run is cut into words by dictionary.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const mayBeUnspaced = UNSPACED.test(text);
  // Not matchAll, which copies the expression: most texts are a word.
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const { 0: piece, index: start } = match;
    const { word, signed } = match.groups!;
    const end = start + piece.length;
    if (mayBeUnspaced && UNSPACED.test(piece)) tokens.push(...segment(piece, start));
    else if (signed !== undefined) tokens.push({ word: piece, start, end });
    else if (word === undefined) tokens.push({ word: piece.replace(/[^\p{L}\p{M}]/gu, ''), start, end });
    else tokens.push(...parts(word, start));
    if (MAY_POSSESS.test(piece) && skipPossessive(text, end) && DECADE.test(piece))
      tokens.splice(-1, 1, { word: `${piece}s`, start, end: end + 2 });
  }
  return tokens;
}

/** Whether there was one. */
function skipPossessive(text: string, at: number): boolean {
  POSSESSIVE.lastIndex = at;
  const isThere = POSSESSIVE.test(text);
  if (isThere) WORD.lastIndex = at + 2;
  return isThere;
}

/** A word, or its letters and its digits. */
function parts(word: string, at: number): Token[] {
  const found = MIXED.test(word) && !ORDINAL.test(word) ? [...word.matchAll(PARTS)] : [];
  if (found.length === 0 || found.length > MOST_PARTS) return [{ word, start: at, end: at + word.length }];
  return found.map(({ 0: part, index }) => ({
    word: part,
    start: at + index,
    end: at + index + part.length,
  }));
}

function segment(run: string, at: number): Token[] {
  return Array.from(segmenter.segment(run))
    .filter(({ segment: word }) => /[\p{L}\p{N}]/u.test(word))
    .flatMap(({ segment: word, index }) =>
      WITH_PARTICLE.test(word)
        ? [...parts(word.slice(0, -1), at + index), ...parts(word.slice(-1), at + index + word.length - 1)]
        : parts(word, at + index),
    );
}

/** A Chinese or Japanese word with its particle, which the dictionary has as one ("人的", "桜の"); what is more than both stays. */
const WITH_PARTICLE = /^\p{Script=Han}+(?:(?<![目有别別真似标標])的|の)$/u;

/** Texts repeat their words; the bound keeps a hostile vocabulary from filling memory. */
const MAX_KNOWN = 20_000;
const known = new Map<string, boolean>();

/** Whether a word of a script without spaces is in the dictionary: two of it, or it between two others, are cut there. */
export function isDictionaryWord(word: string): boolean {
  let is = known.get(word);
  if (is === undefined) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(word, (is = isCut(word)));
  }
  return is;
}

function isCut(word: string): boolean {
  const frame = THAI.test(word) ? 'ของ' : word;
  const after = THAI.test(word) ? frame : '';
  const pieces = Array.from(segmenter.segment(frame + word + after), ({ segment: piece }) => piece);
  return pieces.length === (after ? 3 : 2) && pieces[1] === word;
}

const THAI = /\p{Script=Thai}/u;
