import { GlossError } from '../../domain/errors.ts';
import { isPictureName } from '../../text/file-name.ts';
import { DATE_FIELDS, FIELD_NAMES, isDateField } from './fields.ts';
import { withApostrophe, withoutEmphasis } from './marks-of-text.ts';
import type { QueryNote } from './query-note.ts';
import type { QueryToken } from './query-token.ts';
import { isWildcard } from './wildcard.ts';

/** What a text was cut into, and what of it is no token. */
interface Lexed {
  readonly tokens: readonly QueryToken[];
  readonly notes: readonly QueryNote[];
}

/** Closing quotes by opening ones: straight, typographic of several languages, Japanese, and of full width. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"”“',
  '“': '”"“',
  '”': '”',
  '„': '“”"',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
  '＂': '＂',
};
const ALL_QUOTES = '"“”„«»「」『』＂';
const SIGNS: Readonly<Record<string, '+' | '-'>> = { '+': '+', '-': '-', '＋': '+', '－': '-' };
const BRACKETS: Readonly<Record<string, 'open' | 'close'>> = {
  '(': 'open',
  ')': 'close',
  '（': 'open',
  '）': 'close',
};
const WORD = new RegExp(`[^\\s()（）${ALL_QUOTES}]+`, 'uy');
const SPACE = /\s+/uy;
/** "hil?": at the end of a word it asks, and stands for no letter. */
const ENDS_OPEN = /[\p{L}\p{N}]\?$/u;
/** Faces that are typed: their brackets are none. */
const FACE = /(?:[:;=]['’]?-?(?:[()*|/\\[\]{}]+|[DPpOo3])|<\/?3+|\^[_-]?\^|¯\\_\(ツ\)_\/¯)(?=\s|$)/uy;
const FIELD = /(\p{L}+):(?=[^\s/])/uy;
/** Before a date in quotes, or with a space between: `date: 2024`, `before:"2024-05"`. */
const DATED = new RegExp(
  `(?:${DATE_FIELDS.join('|')}):(?:\\s+(?=\\d{4})|(?=[${ALL_QUOTES}]\\d{4}[\\d-]*[${ALL_QUOTES}]))`,
  'iuy',
);
const HAS_WORD = /[\p{L}\p{N}]/u;

/** What files get that are kept beside others of their name: "IMG_4711(1)", "tower (2).jpg". */
const COPY = /[(（]\p{Nd}{1,3}[)）](?:\.[A-Za-z\d]{3,4})?(?=\s|$)/uy;

/** Whether a text has a letter or a digit: anything that can be searched for. */
export const hasWord = (text: string): boolean => HAS_WORD.test(text);

/**
 * Cuts a query into tokens. A quote opens a phrase at the beginning of a word, where another closes it; every other quote is
 * punctuation, as in `36" monitor`. Signs, fields and brackets are tokens wherever they may be meant so.
 */
export function lexQuery(query: string): Lexed {
  const tokens: QueryToken[] = [];
  const notes: QueryNote[] = [];
  let at = 0;
  const add = (kind: QueryToken['kind'], text: string, length: number) => {
    tokens.push({ kind, text, at, length });
    at += length;
  };
  const find = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(query)?.[0];
  };
  /** Whether a word may begin here: after a space, a bracket, a sign, a field or a phrase. */
  const begins = (): boolean => {
    if (at === 0 || /\s/u.test(query[at - 1]!)) return true;
    const last = tokens.at(-1);
    return last !== undefined && last.kind !== 'word' && last.at + last.length === at;
  };
  /** The number of a copy and the end of its name, behind a word, as the end of the query or with the extension of a picture. */
  const copyHere = (): string | undefined => {
    const last = tokens.at(-1);
    const found = find(COPY);
    if (found === undefined || last?.kind !== 'word' || isWildcard(last.text)) return undefined;
    const gap = at - last.at - last.length;
    const isName = isPictureName(`x${found}`) || (gap === 0 && /\p{Nd}/u.test(last.text));
    const isEnd = at + found.length === query.trimEnd().length && found.length < 6;
    return gap < 2 && (isName || (isEnd && !found.includes('.'))) ? found : undefined;
  };
  while (at < query.length) {
    const space = find(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const char = query[at]!;
    const face = begins() ? find(FACE) : undefined;
    if (face !== undefined) {
      at += face.length;
      continue;
    }
    const copy = BRACKETS[char] === 'open' ? copyHere() : undefined;
    if (copy !== undefined) {
      const last = tokens.at(-1)!;
      if (last.at + last.length < at) add('word', copy, copy.length);
      else {
        tokens.pop();
        at = last.at;
        add('word', last.text + copy, last.length + copy.length);
      }
      continue;
    }
    if (BRACKETS[char]) {
      add(BRACKETS[char], char, 1);
      continue;
    }
    if (ALL_QUOTES.includes(char)) {
      const end = begins() ? closingQuote(query, at) : undefined;
      const inside = end === undefined ? '' : query.slice(at + 1, end);
      // `"re*"`: what a word with a star stands for is no single word, so that quotes change nothing.
      if (end !== undefined)
        add(isWildcard(inside) && !/\s/u.test(inside) ? 'word' : 'phrase', inside, end + 1 - at);
      else {
        notes.push({ as: 'punctuation', text: char, at });
        at += 1;
      }
      continue;
    }
    if (SIGNS[char] && begins()) {
      add('sign', SIGNS[char], 1);
      continue;
    }
    const dated = begins() ? find(DATED) : undefined;
    if (dated !== undefined) {
      add('field', fieldOf(dated.replace(/:.*/su, ':'))!, dated.length);
      continue;
    }
    const field = begins() ? find(FIELD) : undefined;
    const name = field === undefined ? undefined : fieldOf(field);
    const word = find(WORD)!;
    const isDated = name === undefined || !isDateField(name) || asksForDate(word.slice(field!.length));
    if (name !== undefined && isDated) {
      add('field', name, field!.length);
      continue;
    }
    if (field !== undefined)
      notes.push(
        name === undefined ? { as: 'unknown field', text: field, at } : { as: 'no date', text: word, at },
      );
    if (withApostrophe(word) !== undefined)
      notes.push({ as: 'punctuation', text: '?', at: at + word.indexOf('?') });
    // "?icycle": words are looked up by their first letters, so the sign stands for none.
    if (/^\?\p{L}/u.test(word)) notes.push({ as: 'punctuation', text: '?', at });
    const isOnly = at === 0 && word.length === query.trimEnd().length;
    if (isOnly && ENDS_OPEN.test(word))
      notes.push({ as: 'punctuation', text: '?', at: at + word.length - 1 });
    if (hasWord(word)) add('word', word, word.length);
    else at += word.length;
  }
  for (const { kind, text, at: start } of tokens)
    if (kind === 'phrase' && isWildcard(text))
      for (const { index } of text.matchAll(/\*/g))
        notes.push({ as: 'punctuation', text: '*', at: start + 1 + index });
  const plain = withoutEmphasis(tokens);
  return { tokens: plain.tokens, notes: [...notes, ...plain.notes] };
}

/** Where the phrase that a quote opens ends; undefined where nothing closes it or it holds no word. */
function closingQuote(query: string, at: number): number | undefined {
  const closing = QUOTES[query[at]!];
  if (closing === undefined) return undefined;
  for (let end = at + 1; end < query.length; end += 1)
    if (closing.includes(query[end]!)) return hasWord(query.slice(at + 1, end)) ? end : undefined;
  return undefined;
}

/** The field of "tag:"; "colour:" is another spelling. */
function fieldOf(piece: string): string | undefined {
  const name = piece.slice(0, -1).toLowerCase().replace('colour', 'color');
  return FIELD_NAMES.includes(name) ? name : undefined;
}

/** Whether a date may be meant, right or wrong: "after:party" and "before:9am" are words. */
const asksForDate = (value: string): boolean => /^(?:\d[\d./-]*|\d{4}-.*)[.,;:!?]*$/u.test(value);

/** An error in a query, with its place in UTF-16 code units of the query. */
export function queryError(query: string, at: number, length: number, message: string): GlossError {
  const near = query.slice(at, at + 20);
  const where = `character ${at + 1}${near === '' ? '' : `, at "${near}"`}`;
  return new GlossError('invalid', 'query_syntax', `${message} (${where})`.toWellFormed(), {
    place: { field: 'q', at, length },
  });
}
