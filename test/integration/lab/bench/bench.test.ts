import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBench, type BenchOptions, type BenchReport } from '../../../../lib/lab/bench/bench.ts';
import { readQuerySets } from '../../../../lib/lab/bench/measure-queries.ts';
import { formatBench } from '../../../../lib/cli/terminal/bench-report.ts';
import { naiveRead } from '../../../../lib/lab/bench/naive-layout.ts';
import { inLetters } from '../../../support/in-letters.ts';
import { SILENT } from '../../../support/silent-progress.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = await temporaryFolder('gloss-bench-');

async function fileOf(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.join('\n'));
  return path;
}

/** "even" is in every second document, "w" and a number in letters in one; each has four distinct words. */
const DOCUMENTS = Array.from({ length: 240 }, (_, i) =>
  JSON.stringify({
    id: `d${i}`,
    tags: [i % 2 ? 'odd' : 'even'],
    captions: [`w${inLetters(i)} in in t${inLetters(i % 7)}`],
  }),
);

async function benchOf(options: Partial<BenchOptions>): Promise<BenchReport> {
  const docs = await fileOf('docs.jsonl', DOCUMENTS);
  const queries = await fileOf('queries.tsv', [
    'one\teven',
    `one\tw${inLetters(17)}`,
    `two\teven t${inLetters(3)}`,
    'none\tzebra',
  ]);
  return runBench({ docs, queries, sizes: [60, 240], batch: 20, store: 'memory', ...options }, SILENT);
}

const withoutTimes = (report: BenchReport): unknown =>
  JSON.parse(
    JSON.stringify(report, (name, value: unknown) =>
      /^(?:store|seconds|longestMergeSec|peakMemoryMb|cpuMs|coldCpuMs)$/.test(name) ? undefined : value,
    ),
  );

describe('a bench', () => {
  it('counts the same on the embedded DynamoDB and in memory', async () => {
    const [memory, dynamoDb] = [await benchOf({}), await benchOf({ store: 'dynamodb' })];
    expect(withoutTimes(dynamoDb)).toEqual(withoutTimes(memory));
  });

  it('finds what the exhaustive evaluation finds, and counts documents, postings and hits', async () => {
    const { sizes, growth } = await benchOf({});
    expect(sizes.map(({ build, postings }) => [build.documents, postings])).toEqual([
      [60, 240],
      [240, 960],
    ]);
    const sets = sizes[1]!.sets;
    expect(sets.map(({ set, queries, exact }) => [set, queries, exact])).toEqual([
      ['one', 2, 2],
      ['two', 1, 1],
      ['none', 1, 1],
      ['two, all required', 1, 1],
    ]);
    expect(sets.map(({ hits }) => hits.mean)).toEqual([5.5, 10, 0, 10]); // ten of "even", one of the 17th word
    for (const { warmReadUnits, rounds } of sets) {
      expect(warmReadUnits.max).toBe(1); // the manifest's only
      expect(rounds.p50).toBeGreaterThanOrEqual(2);
    }
    // Ten hits lie on one page of 160 documents: half a unit and a round; where nothing is found, nothing is named.
    const resolving = sets.map(({ readUnits, rounds, finding }) => [
      readUnits.max - finding.readUnits.max,
      rounds.max - finding.rounds.max,
    ]);
    expect(resolving).toEqual([[0.5, 1], [0.5, 1], [0, 0], [0.5, 1]]); // prettier-ignore
    expect(growth.map(({ set }) => set)).toEqual(sets.map(({ set }) => set));
  });

  it('repeats its figures', async () => {
    expect(withoutTimes(await benchOf({}))).toEqual(withoutTimes(await benchOf({})));
  });

  it('prints tables with a row for every set', async () => {
    const lines = formatBench(await benchOf({})).split('\n');
    expect(lines.filter((line) => line.startsWith('| two, all required '))).toHaveLength(3);
    for (const line of lines.filter((line) => line.startsWith('|'))) expect(line.endsWith('|')).toBe(true);
  });

  it.each(['memory', 'dynamodb'] as const)(
    'runs one item a posting on the %s store, which costs what arithmetic says',
    async (store) => {
      const { sizes } = await benchOf({ naive: true, store });
      expect(sizes.map(({ naive }) => naive!.documents)).toEqual([60, 240]);
      for (const { naive, postings, sets } of sizes) {
        expect([naive!.postings, naive!.writeUnits]).toEqual([postings, postings]);
        for (const [i, { set, queries, readUnits, rounds, arithmetic, exact }] of naive!.sets.entries()) {
          expect([set, exact]).toEqual([sets[i]!.set, queries]);
          // Lengths of two digits are a byte less than those of three that arithmetic reckons with.
          expect(readUnits.max).toBeLessThanOrEqual(arithmetic.max);
          expect(readUnits.max).toBeGreaterThanOrEqual(arithmetic.max - 0.5);
          expect(rounds.max).toBe(1);
        }
      }
      // "even": 120 items of 17 + 34 + 10 + 8 bytes, 8,280, are three steps of 4 KB.
      expect(sizes[1]!.naive!.sets[0]!.readUnits.max).toBe(1.5);
    },
  );

  it('says so when there are fewer documents than asked for', async () => {
    await expect(benchOf({ sizes: [241] })).rejects.toThrow('240 documents');
  });

  it('names the line of a document that it cannot take', async () => {
    const docs = await fileOf('bad.jsonl', [DOCUMENTS[0]!, DOCUMENTS[0]!]);
    await expect(benchOf({ docs, sizes: [2] })).rejects.toThrow('line 2: a second "d0"');
  });
});

describe('sets of queries', () => {
  it('are asked again with all words required where every query has several', async () => {
    const file = await fileOf('q.tsv', ['a\tcat dog', 'b\tcat', 'a\tred  car', 'b\tred car', '']);
    const sets = await readQuerySets(file);
    expect([...sets].map(([set, all]) => [set, all.length])).toEqual([
      ['a', 2],
      ['b', 2],
      ['a, all required', 2],
    ]);
    expect(sets.get('a, all required')![1]!.cnf).toEqual([
      { anyOf: ['red'], notAllOf: [] },
      { anyOf: ['car'], notAllOf: [] },
    ]);
  });

  it('ask for the words alone, unless they are to be widened', async () => {
    const file = await fileOf('q.tsv', ['a\tcouch']);
    const terms = (sets: Awaited<ReturnType<typeof readQuerySets>>) =>
      sets.get('a')![0]!.scoring.map(({ term }) => term);
    expect(terms(await readQuerySets(file))).toEqual(['couch']);
    expect(terms(await readQuerySets(file, true)).length).toBeGreaterThan(1);
  });

  it('need a tab', async () => {
    await expect(readQuerySets(await fileOf('q.tsv', ['a cat']))).rejects.toThrow('line 1');
    await expect(readQuerySets(await fileOf('q.tsv', ['']))).rejects.toThrow('no queries');
  });
});

// Of "cat": pk 2 + 14, sk 2 + 32, termFreq 8 + 2, docLen 6 + 3 = 69 bytes; 15,197 of them fill a page of 1 MB with
// 1,048,593 bytes, 257 steps of 4 KB. The rest of 20,000 is 331,407 bytes, 81 steps.
it.each([
  [0, 0.5, 1],
  [1, 0.5, 1],
  [100, 1, 1],
  [20_000, 128.5 + 40.5, 2],
])('%i postings of an item each take %f units in %i pages', (docFreq, units, pages) => {
  expect(naiveRead('cat', docFreq)).toEqual({ units, pages });
});
