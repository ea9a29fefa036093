import type { OpenEngine } from './engine.ts';

export const ENGINE_NAMES = ['gloss', 'lancedb', 'sqlite', 'minisearch', 'orama', 'lucene'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What a reader of the tables has to know of an engine. */
interface EngineEntry {
  readonly title: string;
  /** What its size is the size of. */
  readonly bytesOf: string;
  /** How its scores come about, against those of lib/rank/bm25.ts with k1 1.2 and b 0.75. */
  readonly scores: string;
}

export const ENGINES: Readonly<Record<EngineName, EngineEntry>> = {
  gloss: {
    title: 'Gloss',
    bytesOf: 'all items of the live segments in the memory store',
    scores: 'the formula itself, with exact lengths',
  },
  lancedb: {
    title: 'LanceDB',
    bytesOf: 'folder of the full-text index, without the table beside it',
    scores:
      'the same formula in 32-bit floats; over many documents, a few answers to several words lack some of the best (0.31.0)',
  },
  sqlite: {
    title: 'SQLite FTS5',
    bytesOf: 'database file; the table keeps no texts',
    scores:
      'the same k1 and b (fixed), but idf is ln((N - n + 0.5) / (n + 0.5)), 0.000001 where that is not positive: a ' +
      'word of half of the documents counts for nothing',
  },
  minisearch: {
    title: 'MiniSearch',
    bytesOf: 'growth of the heap',
    scores:
      'k, b and d set to 1.2, 0.75 and 0, but the length of a document is its number of distinct words, and the sum ' +
      'is multiplied by the number of words that matched',
  },
  orama: {
    title: 'Orama',
    bytesOf: 'growth of the heap; it keeps the texts',
    scores:
      'k, b and d set to 1.2, 0.75 and 0, but each word of a document counts once, and its frequency is divided by ' +
      'the number of distinct words',
  },
  lucene: {
    title: 'Lucene',
    bytesOf: 'folder of the index, which keeps no texts',
    scores:
      'the same formula without the factor k1 + 1, which is put back here; lengths are rounded to one byte',
  },
};

/** Loads an engine's code and nothing of the others'. */
export async function loadEngine(name: EngineName): Promise<OpenEngine> {
  switch (name) {
    case 'gloss':
      return (await import('./gloss.ts')).openGloss;
    case 'lancedb':
      return (await import('./lancedb.ts')).openLanceDb;
    case 'sqlite':
      return (await import('./sqlite.ts')).openSqlite;
    case 'minisearch':
      return (await import('./minisearch.ts')).openMiniSearch;
    case 'orama':
      return (await import('./orama.ts')).openOrama;
    case 'lucene':
      return (await import('./lucene.ts')).openLucene;
  }
}
