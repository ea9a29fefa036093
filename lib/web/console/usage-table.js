// @ts-check
import { countText, usdText } from './amounts.js';
import { numberTable } from './table.js';

/** @import { UsageAnswer } from '../../api/usage/schema.ts' */

/**
 * A table of what was used up, with dollars.
 * @param {string} caption
 * @param {string} what rows are of
 * @returns the table in its frame, its body, and what makes a row of it
 */
export function usageTable(caption, what) {
  const { root, body, row } = numberTable(caption, [
    what,
    'Pictures',
    'Answers of the model',
    'Read units',
    'Write units',
    'Model',
    'Database',
    'Together',
  ]);
  return { root, body, rowOf };

  /** @param {string} name @param {UsageAnswer['total']} used */
  function rowOf(name, { images, views, readUnits, writeUnits, usd }) {
    return row(
      name,
      ...[images, views, readUnits, writeUnits].map(countText),
      ...[usd.model, usd.store, usd.total].map(usdText),
    );
  }
}
