import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bm25Oracle } from '../../../../lib/lab/engines/bm25-oracle.ts';
import { ENGINE_NAMES, loadEngine, type EngineName } from '../../../../lib/lab/engines/catalog.ts';
import { EngineMissingError, type Engine, type EngineCorpus } from '../../../../lib/lab/engines/engine.ts';
import { openLucene } from '../../../../lib/lab/engines/lucene.ts';
import { inLetters } from '../../../support/in-letters.ts';

/**
 * Words that trip engines up: beginnings of others, operators of query languages, names of JavaScript's own, letters
 * that folding would change, the longest term there is. None changes by analysis, so that Gloss has the same.
 */
const WORDS =
  `cat catalog cab or and not near constructor valueof 2001 ж 日本 ${'x'.repeat(64)} man dog red`.split(' ');
const SIZE = 200;
/** Word w is in every (w + 2)nd document, twice in every (2w + 3)rd of those; word i of its own is in document i. */
const DOCUMENTS = Array.from({ length: SIZE }, (_, i) => [
  `own${inLetters(i)}`,
  ...WORDS.flatMap((word, w) => (i % (w + 2) ? [] : i % (2 * w + 3) ? [word] : [word, word])),
]);
const QUERIES = [
  ...WORDS.map((word) => [word]),
  [`own${inLetters(7)}`],
  ['ca'],
  ['absent'],
  ['or', 'and'],
  ['absent', 'dog'],
  ['cat', 'man', 'red', `own${inLetters(199)}`],
];

let folder: string;
let corpus: EngineCorpus;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gloss-engines-'));
  corpus = { docs: join(folder, 'docs.jsonl'), terms: join(folder, 'terms.txt'), size: SIZE };
  // A document more than count, in both files.
  const all = [...DOCUMENTS, ['cat', 'beyond']];
  await writeFile(corpus.terms, all.map((words) => `${words.join(' ')}\n`).join(''));
  const lines = all.map((words, i) => `${JSON.stringify({ id: `d${i}`, texts: [words.join(' ')] })}\n`);
  await writeFile(corpus.docs, lines.join(''));
});
afterAll(() => rm(folder, { recursive: true }));

const holders = (words: readonly string[]): number[] =>
  DOCUMENTS.flatMap((document, doc) => (words.some((word) => document.includes(word)) ? [doc] : []));
const questionOf = (words: readonly string[]) => ({
  query: { scoring: words.map((term) => ({ term, weight: 1 })), cnf: [] },
  terms: words,
});

async function withEngine(name: EngineName, use: (engine: Engine) => Promise<void>): Promise<void> {
  const own = await mkdtemp(join(folder, name));
  const open = await loadEngine(name);
  const engine = await open(own);
  try {
    await engine.build(corpus);
    await use(engine);
  } finally {
    await engine.close();
  }
}

const hasLucene =
  globSync('/usr/share/java/lucene-core-[89].*.jar').length > 0 &&
  spawnSync('java', ['-version']).status === 0;
/** Lucene is on few machines: it is an optional peer, and `apt-get install liblucene8-java` brings it. */
const here = ENGINE_NAMES.filter((name) => name !== 'lucene' || hasLucene);

describe.each(here)('%s', (name) => {
  it('finds the documents that hold any of the words, whole words only, best first', async () => {
    await withEngine(name, async (engine) => {
      for (const words of QUERIES) {
        const { found } = await engine.search(questionOf(words), SIZE + 1);
        const docs = found.map(({ doc }) => doc);
        expect(
          docs.toSorted((a, b) => a - b),
          words.join(' '),
        ).toEqual(holders(words));
        const scores = found.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect((await engine.search(questionOf(words), 3)).found).toHaveLength(Math.min(3, docs.length));
      }
      expect(engine.version).toMatch(name === 'gloss' ? /^$/ : /^\d+\.\d+\.\d+$/);
      const inMemory = name === 'minisearch' || name === 'orama';
      expect((await engine.storedBytes()) ?? 0).toEqual(
        inMemory ? 0 : expect.toSatisfy((n: number) => n > 1_000),
      );
    });
  });
});

describe('an exact engine', () => {
  // Lucene is exact as long as documents are short: it rounds lengths from 40 up.
  it.each(here.filter((name) => name === 'gloss' || name === 'lancedb' || name === 'lucene'))(
    '%s scores as the project does',
    async (name) => {
      const oracle = await Bm25Oracle.read(corpus, new Set(QUERIES.flat()));
      await withEngine(name, async (engine) => {
        for (const words of QUERIES) {
          const { found } = await engine.search(questionOf(words), 10);
          const verdict = oracle.judge(words, 10, found);
          expect(verdict, words.join(' ')).toEqual({ sameDocuments: true, sameScores: true, share: 1 });
        }
      });
    },
  );
});

describe('Lucene', () => {
  it('says what would bring it where it is not there', async () => {
    await expect(openLucene(folder, folder)).rejects.toThrow(EngineMissingError);
    await expect(openLucene(folder, folder)).rejects.toThrow('apt-get install');
  });
});

describe('the oracle', () => {
  const documents = ['a b', 'a a b c', 'c'];
  const oracleOf = async () => {
    const terms = join(folder, 'three.txt');
    await writeFile(terms, documents.join('\n'));
    return Bm25Oracle.read({ docs: '', terms, size: 3 }, new Set(['a', 'c', 'none']));
  };
  // By hand: N = 3, mean length 7/3, and for "a" n = 2, so idf = ln(1 + 1.5 / 2.5) = 0.4700036292.
  // Document 0: tf 1, norm 1.2 * (0.25 + 0.75 * 2 / (7/3)) = 1.0714286, 0.47... * 2.2 / 2.0714286 = 0.4991762.
  // Document 1: tf 2, norm 1.2 * (0.25 + 0.75 * 4 / (7/3)) = 1.8428571, 0.47... * 4.4 / 3.8428571 = 0.5381454.
  const [first, second] = [0.5381454, 0.4991762];

  it('scores by the formula', async () => {
    const ranked = (await oracleOf()).rank(['a', 'none'], 10);
    expect(ranked.map(({ doc }) => doc)).toEqual([1, 0]);
    expect(ranked[0]!.score).toBeCloseTo(first, 6);
    expect(ranked[1]!.score).toBeCloseTo(second, 6);
    expect((await oracleOf()).rank(['a'], 1).map(({ doc }) => doc)).toEqual([1]);
  });

  it('tells documents from scores, and takes no document twice', async () => {
    const oracle = await oracleOf();
    const verdictOf = (...found: [doc: number, score: number][]) => {
      const verdict = oracle.judge(
        ['a'],
        2,
        found.map(([doc, score]) => ({ doc, score })),
      );
      return [verdict.sameDocuments, verdict.sameScores, verdict.share];
    };
    expect(verdictOf([1, first], [0, second])).toEqual([true, true, 1]);
    expect(verdictOf([1, first * 1.00009], [0, second])).toEqual([true, true, 1]);
    expect(verdictOf([1, first * 1.0002], [0, second])).toEqual([true, false, 1]);
    expect(verdictOf([1, first])).toEqual([false, false, 0.5]);
    expect(verdictOf([1, first], [1, first])).toEqual([false, false, 0.5]);
    expect(verdictOf([1, first], [2, second])).toEqual([false, false, 0.5]);
    expect(oracle.judge(['none'], 2, [])).toEqual({ sameDocuments: true, sameScores: true, share: 1 });
    expect(oracle.judge(['none'], 2, [{ doc: 0, score: 1 }]).share).toBe(0);
  });

  it('takes any of the documents that tie at the end', async () => {
    const terms = join(folder, 'ties.txt');
    await writeFile(terms, ['t', 't', 't', 'u', ''].join('\n'));
    const oracle = await Bm25Oracle.read({ docs: '', terms, size: 5 }, new Set(['t']));
    const { score } = oracle.rank(['t'], 1)[0]!;
    expect(oracle.judge(['t'], 1, [{ doc: 2, score }]).sameScores).toBe(true);
    expect(oracle.judge(['t'], 1, [{ doc: 3, score }]).sameDocuments).toBe(false);
  });
});
