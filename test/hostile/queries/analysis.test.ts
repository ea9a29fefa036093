import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { ANALYSIS_BOUNDS } from '../../../lib/query/hits/gloss-analysis.ts';
import { queryParser } from '../../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../../lib/steps/images/import-documents.ts';
import { search, type SearchDeps } from '../../../lib/steps/search/search.ts';
import { completeWord } from '../../../lib/steps/search/suggest-words.ts';
import { ENGLISH, type Analyzer } from '../../../lib/text/analyzer.ts';
import { ownWords } from '../../support/own-words.ts';
import { randomOf } from '../../support/random.ts';

/** Glosses of 90 KB, each with words of its own: what a request analyses of them is counted. */
const IMAGES = 12;
const CAPTIONS = 18;
const WORDS_A_CAPTION = 800;
const WORDS_A_GLOSS = CAPTIONS * WORDS_A_CAPTION;
/** Stemmed beside those of glosses: each of two beginnings with 36 endings of the language, or halves of a word that nobody has. */
const WORDS_OF_A_QUERY = 2 * 36;
const tenant = parseTenantId('hostile');
const ALL = { limit: 100, likely: true, related: true, suggestions: true };

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
  const random = randomOf(20_261_129);
  const documents = Array.from({ length: IMAGES }, (_, i) => ({
    id: `${i}`,
    captions: ownWords(random, CAPTIONS, WORDS_A_CAPTION),
  }));
  for (let at = 0; at < IMAGES; at += 4) {
    await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, documents.slice(at, at + 4));
    await store.settle(tenant);
  }
  // Once for all queries: the terms of function words.
  await ask('warm');
}, 600_000);
afterAll(() => store.close());

/** No query is as long, and every text of the glosses is longer. */
const LONG = 1_000;

/** ENGLISH, and what is asked of it. */
function counting() {
  const asked = { words: 0, texts: 0 };
  const analyzer: Analyzer = {
    ...ENGLISH,
    get lexicon() {
      return ENGLISH.lexicon;
    },
    terms(text) {
      if (text.length > LONG) asked.texts += 1;
      return ENGLISH.terms(text);
    },
    termsWithPlaces(text) {
      if (text.length > LONG) asked.texts += 1;
      return ENGLISH.termsWithPlaces(text);
    },
    termsOfWord(word) {
      asked.words += 1;
      return ENGLISH.termsOfWord(word);
    },
  };
  return { analyzer, asked };
}

const ask = async (text: string, deps: Partial<SearchDeps> = {}) => {
  const { analyzer, asked } = counting();
  const query = queryParser(analyzer)(text);
  const result = await search({ ...store.deps, ...deps }, tenant, { ...ALL, query });
  return { ...result, stemmed: asked.words, texts: asked.texts };
};

it.each(['sky', 'sky*', 'ab* OR bc* OR sky', '"sky sky" OR caption:sky', 'skyq aaaaq bbbbq ccccq'])(
  'a query stems no word twice and no more than its bound: %s',
  async (text) => {
    const { analysed, stemmed, texts } = await ask(text);
    expect(analysed.glosses).toBeGreaterThan(0);
    expect(stemmed).toBeGreaterThanOrEqual(analysed.spellings);
    expect(stemmed).toBeLessThanOrEqual(analysed.spellings + WORDS_OF_A_QUERY);
    expect(analysed.spellings).toBeLessThanOrEqual(ANALYSIS_BOUNDS.spellings + WORDS_A_GLOSS);
    expect(analysed.words).toBeLessThanOrEqual(ANALYSIS_BOUNDS.words + WORDS_A_GLOSS);
    expect(texts).toBe(0);
  },
);

it('a completion stems no more than its bound', async () => {
  const { analyzer, asked } = counting();
  const words = await completeWord(store.deps, tenant, 'a', analyzer, 20);
  expect(words).toHaveLength(20);
  expect(asked.words).toBeLessThanOrEqual(ANALYSIS_BOUNDS.spellings + WORDS_A_GLOSS);
});

it('beyond the bound are hits by BM25 alone, without views, and behind the others', async () => {
  const { hits, total } = await ask('sky');
  const { hits: bounded, ...rest } = await ask('sky', { analysisBounds: { words: 1, spellings: 1 } });
  expect(rest.analysed.glosses).toBe(1);
  expect(rest.total).toBe(total);
  expect(bounded.map(({ imageId }) => imageId).toSorted()).toEqual(
    hits.map(({ imageId }) => imageId).toSorted(),
  );
  expect(bounded.map(({ views }) => views.length > 0)).toEqual([
    true,
    ...Array<boolean>(IMAGES - 1).fill(false),
  ]);
  const scores = bounded.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  const [first] = bounded;
  expect(hits.find(({ imageId }) => imageId === first!.imageId)!.score).toBe(first!.score);
});

it('a phrase says how many glosses were looked at', async () => {
  const { checked, totalIs, total } = await ask('"sky sky" OR caption:sky', {
    analysisBounds: { words: 1, spellings: 1 },
  });
  expect({ checked, totalIs, total }).toEqual({
    checked: { glosses: 1, candidates: IMAGES },
    totalIs: 'at least',
    total: 1,
  });
});
