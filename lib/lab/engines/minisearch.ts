import MiniSearch from 'minisearch';
import type { Engine } from './engine.ts';
import { packageVersion } from './package-version.ts';
import { readTerms } from './terms-file.ts';

/** MiniSearch, an index in memory. It ranks all matches; the best k are cut off here. */
export async function openMiniSearch(): Promise<Engine> {
  const index = new MiniSearch<{ id: number; terms: string }>({
    fields: ['terms'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', bm25: { k: 1.2, b: 0.75, d: 0 } },
  });
  return {
    version: await packageVersion('minisearch'),
    async build(corpus) {
      let id = 0;
      for await (const terms of readTerms(corpus)) {
        index.add({ id, terms });
        id += 1;
      }
    },
    search({ terms }, k) {
      const best = index.search(terms.join(' ')).slice(0, k);
      return Promise.resolve({ found: best.map(({ id, score }) => ({ doc: Number(id), score })) });
    },
    storedBytes: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}
