import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tableText } from '../../../lib/cli/commands/cost.ts';
import { MODEL_PRICES, PRICE_SOURCES, PRICES } from '../../../lib/domain/prices.ts';

/** docs/costs.md shows the price table as it is: each row, each source, each model. */
const cellsOf = (text: string) =>
  text
    .split('\n')
    .filter((row) => row.startsWith('| '))
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
        .join(' | '),
    );
const rows = new Set(cellsOf(readFileSync(new URL('../../../docs/costs.md', import.meta.url), 'utf8')));

it('docs/costs.md has every price with its source', () => {
  const expected = [
    ...Object.values(PRICES).map(
      ({ usd, per, of, source }) =>
        `${usd} | ${per === 1 ? '' : `${per.toLocaleString('en')} `}${of} | ${source}`,
    ),
    ...Object.entries(PRICE_SOURCES).map(([name, { address, asOf }]) => `${name} | <${address}> | ${asOf}`),
    ...Object.entries(MODEL_PRICES)
      .filter(([modelId]) => !modelId.startsWith('embedded-'))
      .map(
        ([modelId, { usdPerMillionInputTokens, usdPerMillionOutputTokens, inGeography }]) =>
          `\`${modelId}\` | ${usdPerMillionInputTokens} | ${usdPerMillionOutputTokens} | ${inGeography === 1 ? 'the same' : 'a tenth more'}`,
      ),
  ];
  expect(expected.filter((row) => !rows.has(row))).toEqual([]);
});

it('docs/costs.md has the table that gloss cost --table prints', () => {
  const table = tableText({ searches: 0, asks: 1, megabytes: 3, shown: 20 });
  expect(cellsOf(table).filter((row) => !row.startsWith('---') && !rows.has(row))).toEqual([]);
});
