import type { Analyzer } from '../../text/analyzer.ts';
import { hasLiteralSigns, withApostrophe } from './marks-of-text.ts';

/** Letters that a word with "*" or "?" begins with, at least. */
const SHORTEST_PREFIX = 2;

/** Signs inside a word that vanish where it is written together: "t-shirt", "IMG_4711". */
const LINKS = /(?<=[\p{L}\p{N}\p{M}])[-\u2010\u2011_/&.'\u2019]+(?=[\p{L}\p{N}*?])/gu;

/** A word that stands for several: `*` for any letters, `?` for one. */
interface Wildcard {
  /** The letters before the first `*` or `?`, as words are compared. */
  readonly prefix: string;
  /** Whether it is a beginning and nothing else: `sky*`. */
  readonly isPrefix: boolean;
  /** Whether a word is one that it stands for. @param word as it is written */
  readonly matches: (word: string) => boolean;
  /** Why it cannot be looked up, for people; undefined where it can. */
  readonly problem: string | undefined;
}

/** Whether a word stands for several: it has "*" or "?" beside letters that is neither a mark of a sentence nor a sign between numbers. */
export const isWildcard = (text: string): boolean =>
  /[\p{L}\p{N}\p{M}_]\*+$|^\*\p{L}|\p{L}[*?]+[\p{L}\p{N}]|\p{N}[*?]+\p{L}/u.test(text) &&
  !hasLiteralSigns(text) &&
  withApostrophe(text) === undefined;

/** @param text a word with `*` or `?` in it */
export function wildcardOf(text: string, { normalize }: Pick<Analyzer, 'normalize'>): Wildcard {
  const bare = text
    .replace(/^[^\p{L}\p{N}*?]+/u, '')
    .replaceAll(/\*+/gu, '*')
    .replaceAll(LINKS, '');
  const prefix = normalize(/^[^*?]*/u.exec(bare)![0]);
  const pattern = Array.from(
    bare
      .split(/([*?])/u)
      .map((piece) => (piece === '*' || piece === '?' ? piece : normalize(piece)))
      .join(''),
  );
  const sign = pattern.find((char) => char === '*' || char === '?');
  return {
    prefix,
    isPrefix: pattern.indexOf('*') === pattern.length - 1 && !pattern.includes('?'),
    matches: (word) => matchesPattern(Array.from(normalize(word.replaceAll(LINKS, ''))), pattern),
    problem:
      Array.from(prefix).length < SHORTEST_PREFIX
        ? `"${sign}" needs ${SHORTEST_PREFIX} letters before it, since words are looked up by how they begin`
        : !/^[\p{L}\p{N}\p{M}]+$/u.test(prefix)
          ? `"${sign}" needs a word before it that has letters and digits alone`
          : undefined,
  };
}

/** In time of the product of both lengths: what follows a "*" is tried further on, and no "*" before it again. */
function matchesPattern(word: readonly string[], pattern: readonly string[]): boolean {
  let [i, p] = [0, 0];
  let star = -1;
  let from = 0;
  while (i < word.length) {
    if (pattern[p] === '*') {
      star = p;
      from = i;
      p += 1;
    } else if (pattern[p] === '?' || pattern[p] === word[i]) {
      i += 1;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      from += 1;
      i = from;
    } else return false;
  }
  return pattern.slice(p).every((char) => char === '*');
}
