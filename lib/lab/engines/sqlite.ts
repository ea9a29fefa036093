import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Engine } from './engine.ts';
import { readTerms } from './terms-file.ts';

/** As much of the file as Gloss keeps of its items. */
const CACHE_KB = 256 * 1024;

/**
 * SQLite's FTS5 as Node brings it. The table keeps no texts. It keeps positions (detail=full) although nothing asks
 * for phrases: without them, bm25() of a table without texts sees no occurrences, and every score is 0. The ascii
 * tokenizer splits at ASCII characters that are neither letters nor digits, of which a term has none.
 */
export function openSqlite(folder: string): Promise<Engine> {
  const path = join(folder, 'fts5.db');
  const db = new DatabaseSync(path);
  db.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -${CACHE_KB};
    CREATE VIRTUAL TABLE documents USING fts5(terms, content='', detail=full, tokenize='ascii');
  `);
  const ask = db.prepare(
    'SELECT rowid, rank FROM documents WHERE documents MATCH ? ORDER BY rank, rowid LIMIT ?',
  );
  const { version } = db.prepare('SELECT sqlite_version() AS version').get() as { version: string };

  return Promise.resolve({
    version,
    async build(corpus) {
      const insert = db.prepare('INSERT INTO documents (rowid, terms) VALUES (?, ?)');
      db.exec('BEGIN');
      let rowid = 0;
      for await (const terms of readTerms(corpus)) insert.run((rowid += 1), terms);
      db.exec('COMMIT');
      db.exec(`INSERT INTO documents (documents) VALUES ('optimize')`); // all in one segment
      db.exec('VACUUM'); // what was merged leaves the file
    },
    search({ terms }, k) {
      const any = terms.map((term) => `"${term}"`).join(' OR ');
      const rows = ask.all(any, k) as { rowid: number; rank: number }[];
      // Its rank is a score below zero, best first.
      return Promise.resolve({ found: rows.map(({ rowid, rank }) => ({ doc: rowid - 1, score: -rank })) });
    },
    storedBytes: async () => (await stat(path)).size,
    close() {
      db.close();
      return Promise.resolve();
    },
  });
}
