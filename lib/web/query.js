// @ts-check

/**
 * A query's text as pieces between spaces, and how a click changes one. What a query means is decided by the service
 * alone (lib/query/syntax/parse-query.ts).
 */

/** Quoted words stay together. @param {string} text @returns {string[]} */
const piecesOf = (text) => text.match(/[+-]?(?:\p{L}+:)?"[^"]*"|\S+/gu) ?? [];

/** @param {string} piece */
const wordOf = (piece) =>
  piece
    .replace(/^[+-]/u, '')
    .replace(/^(?:tag|caption|text|colou?r|name|keyword|title|description|camera|date|before|after):/iu, '')
    .replace(/^"(.*)"$/su, '$1')
    .toLowerCase();

/**
 * A tag as one piece of a query; a tag of several words keeps them together ("hot-dog" asks for both). Undefined
 * when there is nothing to search for in it.
 * @param {string} tag
 */
export function pieceOf(tag) {
  const words = tag.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu);
  return words ? words.join('-') : undefined;
}

/**
 * The query with a sign before a word, in its place, or at the end when the word is new. With a sign the word is in quotes: it stands for
 * itself alone, as it was counted.
 * @param {string} text
 * @param {'' | '+' | '-'} sign
 * @param {string} word
 */
export function withWord(text, sign, word) {
  const pieces = piecesOf(text);
  const place = pieces.findIndex((piece) => wordOf(piece) === word);
  const kept = pieces.filter((piece) => wordOf(piece) !== word);
  return kept
    .toSpliced(place < 0 ? kept.length : place, 0, sign === '' ? word : `${sign}"${word}"`)
    .join(' ');
}

/** @param {string} text @param {string} word */
export const withoutWord = (text, word) =>
  piecesOf(text)
    .filter((piece) => wordOf(piece) !== word.toLowerCase())
    .join(' ');

/**
 * Whether the query asks for the word with this very sign.
 * @param {string} text
 * @param {'+' | '-'} sign
 * @param {string} word
 */
export const hasSign = (text, sign, word) =>
  piecesOf(text.toLowerCase()).some((piece) => piece === sign + word || piece === `${sign}"${word}"`);
