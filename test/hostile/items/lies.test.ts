import { expect, it } from 'vitest';
import { tellLies } from './run-lies.ts';

/**
 * Stored items whose checksum is right and whose content is not: each is refused by name, or gives an answer that breaks
 * no rule, or is named by the check. `npm run test:hostile` tells 2,000.
 */

const LIES = Number(process.env['GLOSS_HOSTILE_ITEMS'] ?? 104);
const SEED = Number(process.env['GLOSS_HOSTILE_SEED'] ?? 20_261_128);

it('no lie makes an answer that breaks a rule, another error, endless work or endless memory', async () => {
  const told = await tellLies(SEED, 0, LIES);
  const table: Record<string, Record<string, number>> = {};
  for (const one of told) {
    if (!('kind' in one)) continue;
    const row = (table[one.kind] ??= { named: 0, checked: 0, harmless: 0, same: 0, rule: 0, broken: 0 });
    row[one.outcome]! += 1;
  }
  if (LIES > 200) console.table(table);
  expect(told.filter((one) => 'why' in one || one.outcome === 'broken')).toEqual([]);
  expect(told.filter((one) => 'kind' in one && one.outcome === 'rule')).toEqual([]);
  expect(told.map(({ number }) => number)).toEqual(Array.from({ length: LIES }, (_, i) => i));
  // The slice has every kind of item, of both versions.
  expect(Object.keys(table).sort()).toEqual([
    'a2',
    'c1',
    'c2',
    'd1',
    'd2',
    'i1',
    'i2',
    'manifest',
    'n1',
    'n2',
    'w2',
    'x1',
    'x2',
  ]);
});
