/**
 * Makes bm25-lancedb.json: a small corpus, queries, and the scores that LanceDB's full-text index gives them. Run
 * it by hand, `node test/golden/make-bm25.ts`; the tests read the file alone.
 *
 * The words are lower case and plain, and LanceDB splits at white space, without stemming, stop words or folding,
 * so that both engines see the same terms. LanceDB's formula is the one of lib/rank/bm25.ts, k1 1.2 and b 0.75
 * fixed, with exact lengths and the factor k1 + 1, in 32-bit floats.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, Index } from '@lancedb/lancedb';
import project from '../../package.json' with { type: 'json' };

export interface Bm25Golden {
  readonly engine: string;
  /** Words separated by one space. */
  readonly documents: readonly string[];
  readonly queries: readonly {
    readonly query: string;
    /** How many documents match. */
    readonly total: number;
    /** The best of them, best first. */
    readonly hits: readonly (readonly [document: number, score: number])[];
  }[];
}

const DOCUMENTS = 300;
const QUERIES = 40;
const HITS = 25;
const WORDS =
  `man woman dog cat car bus street table red blue green white black small large old young sitting standing
  riding holding bicycle horse sheep cow bird boat beach water sky grass tree house window door kitchen plate pizza
  cake cup bottle chair couch bed clock phone book bear zebra giraffe umbrella kite surfboard skis train`.split(
    /\s+/,
  );

/** A linear congruential generator (Knuth, MMIX): the same corpus each time. */
function* randomNumbers(): Generator<number, never> {
  for (let state = 42n; ;) {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    yield Number(state >> 11n) / 2 ** 53;
  }
}

const numbers = randomNumbers();
const below = (end: number): number => Math.floor(numbers.next().value * end);
/** The first words come often and the last ones rarely, as in language. */
const word = (): string => WORDS[Math.floor(WORDS.length * numbers.next().value ** 2.5)]!;
const text = (length: number): string => Array.from({ length }, word).join(' ');

const documents = Array.from({ length: DOCUMENTS }, () => text(1 + below(30)));
const queries = new Set([WORDS[0]!, WORDS.at(-1)!, 'man zebra', 'absent', 'absent dog']);
while (queries.size < QUERIES) queries.add([...new Set(text(1 + below(4)).split(' '))].join(' '));

const directory = await mkdtemp(join(tmpdir(), 'gloss-golden-'));
try {
  const db = await connect(directory);
  const table = await db.createTable(
    'documents',
    documents.map((text, id) => ({ id, text })),
  );
  const config = Index.fts({
    baseTokenizer: 'whitespace',
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    withPosition: false,
  });
  await table.createIndex('text', { config });
  const golden: Bm25Golden = {
    engine: `@lancedb/lancedb ${project.devDependencies['@lancedb/lancedb']}`,
    documents,
    queries: await Promise.all(
      Array.from(queries, async (query) => {
        const rows = (await table.search(query, 'fts', 'text').limit(DOCUMENTS).toArray()) as {
          id: number;
          _score: number;
        }[];
        const hits = rows
          .slice(0, HITS)
          .map(({ id, _score }) => [id, Number(_score.toPrecision(9))] as const);
        return { query, total: rows.length, hits };
      }),
    ),
  };
  const { engine, queries: asked } = golden;
  const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(',\n');
  await writeFile(
    new URL('bm25-lancedb.json', import.meta.url),
    `{"engine":"${engine}","documents":[\n${lines(documents)}],\n"queries":[\n${lines(asked)}]}\n`,
  );
} finally {
  await rm(directory, { recursive: true });
}
