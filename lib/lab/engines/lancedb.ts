import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { connect, Index, type Table } from '@lancedb/lancedb';
import type { Engine } from './engine.ts';
import { folderBytes } from './folder-bytes.ts';
import { packageVersion } from './package-version.ts';
import { readTerms } from './terms-file.ts';

const ROWS_PER_ADD = 10_000;
/** Longer words are left out of its index; no term is longer. */
const LONGEST_TERM = 256;

/**
 * Its threads for computing. It takes two less than there are cores, and with fewer than two it waits for ever while
 * it writes a large index (lancedb issue 3568).
 */
const CPU_THREADS = Math.max(4, availableParallelism());

/** LanceDB's full-text index on disk, split at white space, without positions. */
export async function openLanceDb(folder: string): Promise<Engine> {
  process.env['LANCE_CPU_THREADS'] ??= String(CPU_THREADS); // read when it first computes something
  const db = await connect(folder);
  let table: Table;
  return {
    version: await packageVersion('@lancedb/lancedb'),
    async build(corpus) {
      let rows: { doc: number; terms: string }[] = [];
      let doc = 0;
      let made: Table | undefined;
      const write = async () => {
        if (made) await made.add(rows);
        else made = await db.createTable('documents', rows);
        rows = [];
      };
      for await (const terms of readTerms(corpus)) {
        rows.push({ doc, terms });
        doc += 1;
        if (rows.length === ROWS_PER_ADD) await write();
      }
      if (rows.length > 0) await write();
      table = made!;
      const config = Index.fts({
        baseTokenizer: 'whitespace',
        maxTokenLength: LONGEST_TERM,
        lowercase: false,
        stem: false,
        removeStopWords: false,
        asciiFolding: false,
        withPosition: false,
      });
      await table.createIndex('terms', { config });
    },
    async search({ terms }, k) {
      const rows = (await table
        .search(terms.join(' '), 'fts', 'terms')
        .select(['doc', '_score'])
        .limit(k)
        .toArray()) as { doc: number; _score: number }[];
      return { found: rows.map(({ doc, _score }) => ({ doc, score: _score })) };
    },
    storedBytes: () => folderBytes(join(folder, 'documents.lance', '_indices')),
    close() {
      table.close();
      db.close();
      return Promise.resolve();
    },
  };
}
