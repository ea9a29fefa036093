/**
 * Names that cameras and phones begin with, before a number. "Design rule for Camera File system" (CIPA DC-009) leaves the letters to the
 * makers; these are those in use.
 */
const CAMERA =
  /^_?(?:burst|cimg|crw|dcp|dji|dsc[fnp]?|epsn|fimg|fuji|gopr|gp|gx|hpim|igp|ima?g[ep]?|kicx|kimg|mg|mov|mvi|pano|pic[st]?|pict|pxl|[frs]scn|rimg|sam|sany|sdc|sdim|sl[0-9]?|snc|vid|wa|wp)$/iu;
/** The names of that standard: four characters, and a number of four digits ("100_1234", "P1010001"); four letters may be a word. */
const CAMERA_NAME =
  /(?<![\p{L}\p{N}_])(?=[A-Z_]{0,3}\d|[A-Z]{1,3}_|_)[A-Z0-9_]{4}(?!(?:19|20)\d\d)\d{4}(?![\p{L}\p{N}])/gu;
/** What programs count: the number behind it says nothing. */
const COUNTED =
  /^(?:copy|download|file|foto|frame|photo|picture|scan|screenshot|slide|untitled|unnamed|video)s?$/iu;
/** Folders of cameras: DCIM, and in it three digits and five letters ("100CANON", "101_PANA"). */
const CAMERA_FOLDER = /(?<=^|[/\\])(?:DCIM|[1-9]\d\d(?:[A-Z0-9]{5}|_[A-Z0-9]{4}))(?=[/\\])/gu;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/giu;
/** The end of a file of pictures. */
const EXTENSION =
  /(?<=[^/\\.])\.(?:jpe?g|jpe|jfif|png|webp|gif|avif|tiff?|heic|heif|bmp|svg|jxl|dng|cr[23]|nef|arw|raf|orf|rw2)$/iu;
const TOKEN = /[\p{L}\p{N}\p{M}'\u2019]+/gu;
const DIGITS = /\p{Nd}/gu;
const LETTERS = /\p{L}/gu;
const NUMBER = /^\p{Nd}+$/u;
/** Longer ones are moments and ids. */
const LONGEST_NUMBER = 4;
const LONG_NUMBER = /\p{Nd}{5}/u;
/** A word with what was counted of it behind: "beach01", "sunset20240517". */
const COUNTED_WORD = /^\p{L}[\p{L}\p{M}]{2,}?(?=(?:0\p{Nd}+|\p{Nd}{5,})$)/u;
/** Copies of a file: "tower (12)". */
const COPY = /\(\p{Nd}{1,3}\)/gu;
const LAST_COPY = /^(.*[^ ]) ?\((\p{Nd}{1,3})\)$/su;
/** A number that a camera counts, and no date. */
const COUNT_OF_CAMERA = /^\p{Nd}{3,6}$/u;
const RESOLUTION = /^\p{Nd}{3,}x\p{Nd}{3,}$/iu;
const MONTHS = 12;
/** Checksums and ids: hexadecimal digits, of both kinds. */
const HEXADECIMAL = /^(?=.*\d)[0-9a-f]{8,}$/iu;
/** Letters and digits by turns ("dQw4w9WgXcQ"), in no word that people write. */
const MIXED = /\p{Nd}\p{L}|\p{L}\p{Nd}/gu;
const MOST_TURNS = 2;
const LONG = 6;
const YEAR = /^(?:19|20)\d\d$/u;
/** "beachSunset", "USATrip"; but "iPhone" and "DVDs" are one word. */
const HUMP = /(?<=\p{L}\p{M}*\p{Ll}\p{M}*)(?=\p{Lu})|(?<=\p{Lu}\p{M}*)(?=\p{Lu}\p{M}*\p{Ll}\p{M}*\p{Ll})/gu;

/** Whether a name is that of a file of pictures. */
export const isPictureName = (name: string): boolean => EXTENSION.test(name);

/** A text that is read from a name, and where in the name its pieces stand. */
export interface NameText {
  readonly text: string;
  /** The place in the name, in UTF-16 code units, of a place in the text. */
  readonly placeOf: (place: { readonly start: number; readonly end: number }) => {
    readonly start: number;
    readonly end: number;
  };
}

/** A piece of a name, with its place in it. */
export interface Piece {
  readonly text: string;
  readonly at: number;
}

/**
 * What the name of a picture says: the words of its folders and of the file, without its extension, and each word that has humps
 * ("YouTube") once more as it is written. What cameras and programs count and make up is left out.
 */
export function textsOfName(name: string): NameText[] {
  const telling = tellingPieces(name);
  const humped = telling.filter(({ text }) => text.search(HUMP) >= 0);
  return [telling.flatMap(humpsOf), ...humped.map((piece) => [piece])]
    .filter((pieces) => pieces.length > 0)
    .map(textOfPieces);
}

/** The pieces of a name that say something: whole words, or as much of one as was not counted. */
function tellingPieces(name: string): Piece[] {
  const said = name
    .replace(EXTENSION, blank)
    .replaceAll(UUID, blank)
    .replaceAll(CAMERA_FOLDER, blank)
    .replaceAll(CAMERA_NAME, blank)
    .replaceAll(COPY, blank)
    .replaceAll('%20', blank);
  const tokens = piecesOf(said);
  return tokens
    .filter((token, i) => saysSomething(token, i, tokens, said))
    .map(({ text, at }) => ({ text: COUNTED_WORD.exec(text)?.[0] ?? text, at }));
}

/** Whether a word is one with what was counted of it behind: "beach01". */
export const isCountedWord = (word: string): boolean => COUNTED_WORD.test(word);

/** The name of the file alone, without its folders and its extension. */
export function bareName(name: string): Piece {
  const whole = name.replace(EXTENSION, '');
  const at = Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1;
  return { text: whole.slice(at), at };
}

/** Pieces of a bare name that say nothing, those side by side together: what cameras and programs count and make up. */
export function countedPieces(name: string): Piece[][] {
  const { text, at: start } = bareName(name);
  const told = new Set(tellingPieces(name).map(({ at }) => at));
  const runs: Piece[][] = [[]];
  for (const piece of piecesOf(copyOf(text)?.of ?? text).map((found) => ({
    ...found,
    at: found.at + start,
  }))) {
    if (told.has(piece.at)) runs.push([]);
    else runs.at(-1)!.push(piece);
  }
  return runs.filter((run) => run.length > 0);
}

/** Of the name of a copy, "tower (12)", the name that was copied and the number. @param name without its extension */
export function copyOf(name: string): { readonly of: string; readonly number: string } | undefined {
  const [, of, number] = LAST_COPY.exec(name) ?? [];
  return of === undefined || number === undefined ? undefined : { of, number };
}

/** The letters of a camera and its count, where they stand side by side among pieces. */
export const cameraNamesIn = (pieces: readonly Piece[]): Piece[][] =>
  pieces.flatMap((piece, i) => {
    const next = pieces[i + 1];
    return next && CAMERA.test(piece.text) && COUNT_OF_CAMERA.test(next.text) ? [[piece, next]] : [];
  });

/** Whether a name is one that a camera gives: "IMG_4711", "DSC01234". @param name without its extension */
export function isCameraName(name: string): boolean {
  if (!/\p{L}/u.test(name)) return false;
  const pieces = piecesOf(name);
  if (pieces.length === 2) return cameraNamesIn(pieces).length > 0;
  const [letters, count] = /^(.*?)(\p{Nd}+)$/u.exec(name)?.slice(1) ?? [];
  return (
    (count !== undefined && COUNT_OF_CAMERA.test(count) && CAMERA.test(letters!)) ||
    name.replaceAll(CAMERA_NAME, '') === ''
  );
}

const piecesOf = (text: string): Piece[] =>
  Array.from(text.matchAll(TOKEN), ({ 0: piece, index: at }) => ({ text: piece, at }));

const blank = (piece: string): string => ' '.repeat(piece.length);

/** Whether a word of a name is worth a term: of the numbers beside letters those are that count no files. @param word as written there */
export const isTellingWord = (word: string): boolean => !/^(?:0\p{Nd}*|\p{Nd})$/u.test(word);

function saysSomething({ text }: Piece, i: number, tokens: readonly Piece[], name: string): boolean {
  const [before, after] = [tokens[i - 1], tokens[i + 1]];
  if (NUMBER.test(text)) return isNumberOfThing(i, tokens, name);
  if (CAMERA.test(text) && after !== undefined && isCount(after.text)) return false;
  if (before && CAMERA.test(before.text) && isCount(text)) return false;
  const glued = /^(.*?)\p{Nd}+$/u.exec(text)?.[1];
  if (glued !== undefined && CAMERA.test(glued)) return false;
  const isCode = text.length >= LONG && [...overlapping(text, MIXED)].length > MOST_TURNS;
  if (HEXADECIMAL.test(text) || RESOLUTION.test(text) || isCode) return false;
  return !LONG_NUMBER.test(text) || COUNTED_WORD.test(text);
}

/** Whether a number is the name of something ("route 66", "747"), or a year: no count, and no part of a date or time. */
function isNumberOfThing(i: number, tokens: readonly Piece[], name: string): boolean {
  const { text } = tokens[i]!;
  const before = tokens[i - 1]?.text ?? '';
  if (YEAR.test(text)) return !CAMERA.test(before) || [1, 2].every((more) => isShort(tokens[i + more]));
  if (CAMERA.test(before)) return false;
  if (text.length > LONGEST_NUMBER || !isTellingWord(text) || COUNTED.test(before)) return false;
  if (text.length === LONGEST_NUMBER) return isBesideWord(i, tokens, name);
  if (text.length > 2) return true;
  const isMonth = YEAR.test(before) && Number(text) <= MONTHS;
  return !isMonth && shortNumbersAround(i, tokens) === 1;
}

/** Whether a word of letters stands beside it, in the name of the same file or folder. */
function isBesideWord(i: number, tokens: readonly Piece[], name: string): boolean {
  const { at, text } = tokens[i]!;
  const [before, after] = [tokens[i - 1], tokens[i + 1]];
  const isWord = (piece: Piece | undefined, from: number, to: number) =>
    piece !== undefined && !/\p{Nd}/u.test(piece.text) && !/[/\\]/u.test(name.slice(from, to));
  return (
    isWord(before, (before?.at ?? 0) + (before?.text.length ?? 0), at) ||
    isWord(after, at + text.length, after?.at ?? 0)
  );
}

/** How many numbers of one or two digits stand together there: more than one are a date or a time. */
function shortNumbersAround(i: number, tokens: readonly Piece[]): number {
  let first = i;
  let last = i;
  while (NUMBER.test(tokens[first - 1]?.text ?? '')) first -= 1;
  while (NUMBER.test(tokens[last + 1]?.text ?? '')) last += 1;
  return tokens.slice(first, last + 1).filter(isShort).length;
}

const isShort = (piece: Piece | undefined): boolean => /^\p{Nd}{1,2}$/u.test(piece?.text ?? '');

/** More digits than letters. */
const isCount = (text: string): boolean => count(text, DIGITS) > count(text, LETTERS);
const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** Where a pattern of two characters matches, also where matches overlap. */
function* overlapping(text: string, pattern: RegExp): Generator<number> {
  for (let at = 0; at + 1 < text.length; at += 1) if (text.slice(at, at + 2).search(pattern) === 0) yield at;
}

function humpsOf({ text, at }: Piece): Piece[] {
  const starts = [0, ...Array.from(text.matchAll(HUMP), ({ index }) => index)];
  return starts.map((start, i) => ({ text: text.slice(start, starts[i + 1]), at: at + start }));
}

function textOfPieces(pieces: readonly Piece[]): NameText {
  let end = 0;
  const placed = pieces.map((piece) => {
    const start = end;
    end += piece.text.length + 1;
    return { ...piece, start };
  });
  const inName = (offset: number) => {
    const { at, start } = placed.findLast((piece) => piece.start <= offset)!;
    return at + offset - start;
  };
  return {
    text: pieces.map(({ text }) => text).join(' '),
    placeOf: (place) => ({ start: inName(place.start), end: inName(place.end - 1) + 1 }),
  };
}
