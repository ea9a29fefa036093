// @ts-check
import { element } from './element.js';
import { hasSign, pieceOf, withWord } from './query.js';

/** @import { Answer } from './api.js' */

/**
 * Words that would split the answer, each to ask for or to exclude; their counts hold among the best hits.
 * @param {string} q
 * @param {Answer} answer
 * @param {(query: string) => void} go
 */
export function relatedChips(q, { related }, go) {
  const words = (related?.words ?? []).flatMap(({ word, count }) => {
    const piece = pieceOf(word);
    return piece === undefined || hasSign(q, '+', piece) || hasSign(q, '-', piece) ? [] : [{ piece, count }];
  });
  if (words.length === 0) return [];
  const of = related?.candidates ?? 0;
  const chips = words.map(({ piece, count }) =>
    element(
      'li',
      { className: 'chip' },
      element(
        'button',
        {
          type: 'button',
          title: `${count} of the best ${of}; only these`,
          onclick: () => go(withWord(q, '+', piece)),
        },
        piece,
        element('span', { className: 'count' }, ` ${count}`),
      ),
      element(
        'button',
        {
          type: 'button',
          className: 'minus',
          ariaLabel: `Without ${piece}`,
          title: `Without “${piece}”`,
          onclick: () => go(withWord(q, '-', piece)),
        },
        '−',
      ),
    ),
  );
  return [
    element('p', { className: 'hint' }, `Narrow down, counted among the best ${of}`),
    element('ul', { className: 'chips', ariaLabel: `Narrow down, counted among the best ${of}` }, ...chips),
  ];
}

/**
 * What a misspelt word may have been, each to search for instead.
 * @param {string} q
 * @param {Answer} answer
 * @param {(query: string) => void} go
 */
export function corrections(q, { didYouMean = [] }, go) {
  return didYouMean.map(({ at, text, words }) =>
    element(
      'p',
      { className: 'correction' },
      `Instead of “${text}”, did you mean `,
      ...words.flatMap(({ word }, i) => [
        i === 0 ? '' : ' or ',
        element(
          'button',
          {
            type: 'button',
            className: 'link',
            onclick: () => go(q.slice(0, at) + word + q.slice(at + text.length)),
          },
          word,
        ),
      ]),
      '?',
    ),
  );
}
