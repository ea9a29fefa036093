import { create, insert, search } from '@orama/orama';
import type { Engine } from './engine.ts';
import { packageVersion } from './package-version.ts';
import { readTerms } from './terms-file.ts';

/**
 * Orama, an index in memory. It looks for words that begin with what is asked, and its option `exact` asks for all
 * words at once. A space after every word, which no term holds, makes whole words the only ones that begin so.
 * Words that repeat are dropped, as its own tokenizer does: it would count each as another document.
 */
export async function openOrama(): Promise<Engine> {
  const db = create({
    schema: { terms: 'string' },
    components: {
      tokenizer: {
        language: 'english',
        normalizationCache: new Map(),
        tokenize: (text: string) => [...new Set(text.split(' '))].map((term) => `${term} `),
      },
    },
  });
  return {
    version: await packageVersion('@orama/orama'),
    async build(corpus) {
      let doc = 0;
      for await (const terms of readTerms(corpus)) {
        await insert(db, { id: String(doc), terms });
        doc += 1;
      }
    },
    async search({ terms }, k) {
      const { hits } = await search(db, {
        term: terms.join(' '),
        properties: ['terms'],
        limit: k,
        threshold: 1, // any of the words
        relevance: { k: 1.2, b: 0.75, d: 0 },
      });
      return { found: hits.map(({ id, score }) => ({ doc: Number(id), score })) };
    },
    storedBytes: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}
