import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { openCountedApi } from '../../../infra/local/counted-api.ts';
import { GlossError } from '../../domain/errors.ts';
import { readDocuments } from '../../files/read-documents.ts';
import type { Progress } from '../progress.ts';
import { countRequests } from './count-requests.ts';

/** What one search took, as a mean over queries. */
interface SearchCost {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** How often a request began to wait while nothing else was awaited. */
  readonly waits: number;
  /** Of the answer, compressed. */
  readonly bytes: number;
}

/** What whole searches of one kind cost: on an instance that has read nothing, and again on the same one. */
export interface SearchFigures {
  readonly name: string;
  readonly queries: number;
  readonly cold: SearchCost;
  readonly repeated: SearchCost;
}

export interface SearchBenchReport {
  readonly documents: number;
  readonly searches: readonly SearchFigures[];
}

/** Kinds of searches, each of queries of so many words. */
const KINDS: readonly (readonly [name: string, words: number, path: (query: string) => string])[] = [
  ['one word', 1, (query) => `q=${query}`],
  ['two words', 2, (query) => `q=${query}`],
  ['phrase', 2, (query) => `q=%22${query}%22`],
  ['likely and related', 1, (query) => `q=${query}&likely=true&related=true`],
  ['hundred hits', 1, (query) => `q=${query}&limit=100`],
];
/** Of each kind, the first of the file. */
const MOST_QUERIES = 20;

/**
 * Whole searches through the API's app with its real adapters, on the embedded DynamoDB, counted below the SDK: key, tenant, manifest, index,
 * glosses, cursor, limits and usage.
 * @param size how many of the documents are there
 */
export async function benchSearches(
  { docs, queries, size }: { readonly docs: string; readonly queries: string; readonly size: number },
  progress: Progress,
): Promise<SearchBenchReport> {
  const { documents } = await readDocuments(docs);
  if (documents.length < size)
    throw new GlossError(
      'invalid',
      'documents',
      `${docs} has ${documents.length} documents: ask for at most as many by --sizes`,
    );
  const asked = await queriesByWords(queries);
  const counts = countRequests();
  const api = await openCountedApi();
  try {
    progress.phase('indexing', size);
    await api.add(
      documents.slice(0, size).map(({ document }) => document),
      (done) => progress.update(done),
    );
    // The first search of all makes what a tenant has once.
    await api.instance()('/v1/search?q=first');
    const searches: SearchFigures[] = [];
    for (const [name, words, pathOf] of KINDS) {
      const some = (asked.get(words) ?? []).slice(0, MOST_QUERIES);
      if (some.length === 0) continue;
      progress.phase(`asking ${name}`, some.length);
      const cold: SearchCost[] = [];
      const repeated: SearchCost[] = [];
      for (const query of some) {
        const ask = api.instance();
        for (const costs of [cold, repeated]) {
          const { asked: cost, answer } = await counts.of(() =>
            ask(`/v1/search?${pathOf(encodeURIComponent(query))}`),
          );
          costs.push({ ...cost, bytes: gzipSync(answer).length });
        }
        progress.update(cold.length);
      }
      searches.push({ name, queries: some.length, cold: meanOf(cold), repeated: meanOf(repeated) });
    }
    return { documents: size, searches };
  } finally {
    counts.stop();
    await api.close();
  }
}

/** Distinct queries of a file of sets and queries, by how many words they have. */
async function queriesByWords(path: string): Promise<ReadonlyMap<number, string[]>> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const texts = new Set(lines.flatMap((line) => line.split('\t').slice(1)).filter((text) => text !== ''));
  return Map.groupBy(texts, (text) => text.split(' ').length);
}

function meanOf(costs: readonly SearchCost[]): SearchCost {
  const mean = (of: keyof SearchCost) =>
    Math.round((100 * costs.reduce((sum, cost) => sum + cost[of], 0)) / costs.length) / 100;
  return {
    readUnits: mean('readUnits'),
    writeUnits: mean('writeUnits'),
    waits: mean('waits'),
    bytes: mean('bytes'),
  };
}
