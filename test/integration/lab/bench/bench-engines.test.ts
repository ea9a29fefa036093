import { parseEngines } from '../../../../lib/cli/commands/bench.ts';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runEngineBench, type EngineBenchReport } from '../../../../lib/lab/bench/bench-engines.ts';
import { formatEngineBench } from '../../../../lib/cli/terminal/bench-engines-report.ts';
import { runApart } from '../../../../lib/lab/engines/run-apart.ts';
import { inLetters } from '../../../support/in-letters.ts';
import { SILENT } from '../../../support/silent-progress.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = await temporaryFolder('gloss-bench-engines-');
beforeAll(async () => {
  const documents = Array.from({ length: 90 }, (_, i) =>
    JSON.stringify({
      id: `d${i}`,
      tags: [i % 3 ? 'running dogs' : 'cats'],
      captions: [`w${inLetters(i)} on t${inLetters(i % 7)}`],
    }),
  );
  await writeFile(join(folder, 'docs.jsonl'), documents.join('\n'));
  await writeFile(
    join(folder, 'queries.tsv'),
    [
      'one\tDog',
      `one\tw${inLetters(17)}`,
      `two\tcat t${inLetters(3)}`,
      'signs\t+kite -boat',
      'signs\tdog',
    ].join('\n'),
  );
});

const bench = (sizes: readonly number[]): Promise<EngineBenchReport> =>
  runEngineBench(
    {
      docs: join(folder, 'docs.jsonl'),
      queries: join(folder, 'queries.tsv'),
      sizes,
      engines: ['gloss', 'sqlite'],
    },
    SILENT,
  );

describe('a bench of engines', () => {
  it('measures each of them at each size, on the sets that all can answer', async () => {
    const { sizes } = await bench([40, 90]);
    expect(sizes.map(({ documents }) => documents)).toEqual([40, 90]);
    for (const { engines } of sizes) {
      expect(engines.map(({ engine }) => engine)).toEqual(['gloss', 'sqlite']);
      for (const engine of engines) {
        if ('failure' in engine) throw new Error(engine.failure);
        expect(engine.bytes).toBeGreaterThan(1_000);
        expect(engine.buildSeconds).toBeGreaterThan(0);
        expect(engine.sets.map(({ set, queries }) => [set, queries])).toEqual([
          ['one', 2],
          ['two', 1],
        ]);
        for (const { sameDocuments, queries, share, cpuMs } of engine.sets) {
          expect([sameDocuments, share]).toEqual([queries, 1]); // one word: any idf gives the same order
          expect(cpuMs.p99).toBeGreaterThanOrEqual(cpuMs.p50);
        }
        const exact = engine.sets.map(({ sameScores }) => sameScores);
        if (engine.engine === 'gloss') expect(exact).toEqual([2, 1]);
      }
    }
  });

  it('says so where there are fewer documents than asked for, and leaves no files', async () => {
    const left = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('gloss-bench-terms-'));
    const before = await left();
    await expect(bench([91])).rejects.toThrow('has 90 documents');
    expect((await left()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('takes the end of an engine as its outcome', async () => {
    const corpus = { docs: join(folder, 'docs.jsonl'), terms: join(folder, 'not-there.txt'), size: 1 };
    const outcome = await runApart({ engine: 'minisearch', corpus, sets: [], k: 10 });
    expect(outcome).toEqual({ failure: expect.stringContaining('not-there.txt is not there') as string });
  });
});

describe('the list of engines', () => {
  it('has Gloss first whatever is asked', () => {
    expect(parseEngines('orama,lancedb')).toEqual(['gloss', 'lancedb', 'orama']);
    expect(parseEngines('all')).toEqual(['gloss', 'lancedb', 'sqlite', 'minisearch', 'orama', 'lucene']);
    expect(() => parseEngines('sqlite,solr')).toThrow('"solr" is none of all, gloss, lancedb');
  });
});

describe('the tables', () => {
  const setOf = (p50: number) => ({
    set: 'one',
    queries: 5,
    cpuMs: { p50, p99: 20 },
    sameDocuments: 4,
    sameScores: 3,
    share: 0.98,
  });
  const report: EngineBenchReport = {
    analysisSeconds: 2,
    sizes: [
      {
        documents: 1_000,
        engines: [
          { engine: 'gloss', version: '', buildSeconds: 1, bytes: 2e6, sets: [setOf(2)] },
          { engine: 'orama', version: '3.1.18', buildSeconds: 3, bytes: 4e6, sets: [setOf(5)] },
          { engine: 'lucene', failure: 'not there' },
        ],
      },
    ],
  };

  it('give costs, multiples of Gloss, agreement, and the reason of a failure', () => {
    const lines = formatEngineBench(report).split('\n');
    const cells = (title: string) =>
      lines
        .filter((line) => line.startsWith(`| ${title}`))
        .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells('Gloss')).toEqual([
      ['', 'Gloss', '1.0', '2.0', '2.0 / 20.0, 1.00x', ''],
      ['', 'Gloss', '4, 3 of 5; 0.98', ''],
    ]);
    expect(cells('Orama')[0]).toEqual(['', 'Orama 3.1.18', '3.0', '4.0', '5.0 / 20.0, 2.50x', '']);
    expect(cells('Lucene')).toEqual([
      ['', 'Lucene', 'not there', '', '', ''],
      ['', 'Lucene', 'not there', ''],
    ]);
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(3);
  });
});
