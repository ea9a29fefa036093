// @ts-check
import { element } from '../element.js';

/**
 * A table of numbers, each row under the name in its first column. It is pushed sideways where it is too wide.
 * @param {string} caption
 * @param {readonly string[]} heads
 * @returns the table in its frame, its body, and what makes a row of it
 */
export function numberTable(caption, heads) {
  const body = element('tbody');
  const table = element(
    'table',
    {},
    element('caption', { className: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)))),
    body,
  );
  const root = element(
    'div',
    { className: 'sideways', role: 'region', ariaLabel: caption, tabIndex: 0 },
    table,
  );
  return { root, body, row };

  /** @param {string} name @param {...string} numbers */
  function row(name, ...numbers) {
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...numbers.map((text) => element('td', {}, text)),
    );
  }
}
