import { beforeAll, expect, it } from 'vitest';
import { benchSearches, type SearchBenchReport } from '../../../../lib/lab/bench/bench-searches.ts';
import { writeBenchCorpus } from '../../../support/bench-corpus.ts';
import { SILENT } from '../../../support/silent-progress.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = await temporaryFolder('gloss-bench-searches-');
let report: SearchBenchReport;
beforeAll(async () => {
  const { docs, queries } = await writeBenchCorpus(folder, 300);
  report = await benchSearches({ docs, queries, size: 300 }, SILENT);
});

it('asks every kind of search', () => {
  expect(report.documents).toBe(300);
  expect(report.searches.map(({ name }) => name)).toEqual([
    'one word',
    'two words',
    'phrase',
    'likely and related',
    'hundred hits',
  ]);
});

it('reads the key, the tenant and the manifest again, and nothing else', () => {
  for (const { cold, repeated } of report.searches) {
    expect(repeated.readUnits).toBe(3);
    expect(repeated.waits).toBe(2);
    expect(cold.readUnits).toBeGreaterThan(3);
    expect(cold.bytes).toBeGreaterThan(100);
  }
});
