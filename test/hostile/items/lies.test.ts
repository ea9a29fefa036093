import { expect, it } from 'vitest';
import { tellLies } from './run-lies.ts';

/**
 * Stored items whose checksum is right and whose content is not: each is refused by name, or gives an answer that breaks
 * no rule, or is named by the check. `npm run test:hostile` tells 2,000.
 */

const LIES = Number(process.env['GLOSS_HOSTILE_ITEMS'] ?? 30);
/** All reads of a lie and the check of its index; this process has a quarter of a GB before the first. */
const MAX_CPU_MS = 10_000;
const MAX_PEAK_MB = 900;
const SEED = Number(process.env['GLOSS_HOSTILE_SEED'] ?? 20_261_128);

it('no lie makes an answer that breaks a rule, another error, endless work or endless memory', async () => {
  const told = await tellLies(SEED, 0, LIES);
  const table: Record<string, Record<string, number>> = {};
  for (const one of told) {
    if (!('kind' in one)) continue;
    const row = (table[one.kind] ??= { named: 0, checked: 0, harmless: 0, same: 0, rule: 0, broken: 0 });
    row[one.outcome]! += 1;
  }
  const costs = told.filter((one) => 'kind' in one);
  const most = (cost: 'cpuMs' | 'peakMb') => Math.max(...costs.map((one) => one[cost]));
  if (LIES > 200) console.table(table);
  console.log(`${most('cpuMs').toFixed(0)} ms of CPU time and ${most('peakMb').toFixed(0)} MB at most`);
  expect(most('cpuMs')).toBeLessThan(MAX_CPU_MS);
  expect(most('peakMb')).toBeLessThan(MAX_PEAK_MB);
  expect(told.filter((one) => 'why' in one || one.outcome === 'broken')).toEqual([]);
  expect(told.filter((one) => 'kind' in one && one.outcome === 'rule')).toEqual([]);
  expect(told.map(({ number }) => number)).toEqual(Array.from({ length: LIES }, (_, i) => i));
  // The slice has every kind of item, of all versions.
  expect(Object.keys(table).sort()).toEqual([
    'a6',
    'c1',
    'c6',
    'd1',
    'd6',
    'i1',
    'i6',
    'manifest',
    'n1',
    'n6',
    'p6',
    'w2',
    'w6',
    'x1',
    'x2',
    'x6',
  ]);
});
