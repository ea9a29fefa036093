import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { NO_BACKGROUND, type Background } from '../../../../lib/lexicon/background-table.ts';
import { parseTenantId } from '../../../../lib/domain/ids.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../../../lib/steps/images/import-documents.ts';
import { search, type SearchRequest } from '../../../../lib/steps/search/search.ts';
import { completeWord } from '../../../../lib/steps/search/suggest-words.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const TENANT = parseTenantId('photos');
const KITCHENS = Array.from({ length: 8 }, (_, i) => ({
  id: `kitchen-${i}`,
  texts: ['a kitchen with an oven'],
}));
const ROADS = Array.from({ length: 40 }, (_, i) => ({ id: `road-${i}`, texts: [`a road with number ${i}`] }));
const DOCUMENTS = [
  { id: 'apart', texts: ['a red wall', 'a small truck'] },
  { id: 'together', texts: ['a red truck', 'a small wall'] },
  { id: 'woman', texts: ['a woman in the rain'] },
  { id: 'meter', texts: ['a parking meter'] },
  { id: 'parked', texts: ['parked vans, parking in a parking lot, parked'] },
  { id: 'bare-kitchen', texts: ['a kitchen'] },
  ...KITCHENS,
  ...ROADS,
];

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
  await importDocuments(store.deps, { id: TENANT, createdAtMs: 0 }, DOCUMENTS);
  await store.settle(TENANT);
});
afterAll(() => store.close());

const ask = (text: string, wanted: Partial<SearchRequest> = {}) =>
  search(store.deps, TENANT, { query: parseQuery(text), limit: 10, ...wanted });
const names = async (text: string, wanted?: Partial<SearchRequest>) =>
  (await ask(text, wanted)).hits.map(({ card }) => card.name);

describe('search', () => {
  it('puts words of one view first', async () => {
    expect(await names('red truck')).toEqual(['together', 'apart']);
    expect(await names('red truck', { rerank: { proximity: false, agreement: true } })).toEqual([
      'apart',
      'together',
    ]);
  });

  it('finds kinds, and not when the word is quoted or the lexicon is off', async () => {
    expect(await names('person')).toEqual(['woman']);
    expect(await names('"person"')).toEqual([]);
    expect(await names('person', { expand: { lexicon: false } })).toEqual([]);
  });

  describe('a word with a star', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    /** Words that no stemmer changes, and no language has. */
    const word = (i: number) => `qa${letters[i % 26]!}${letters[Math.floor(i / 26) % 26]!}x`;
    let many: TemporaryIndex;
    const total = async (text: string) => {
      const {
        total: count,
        totalIs,
        query,
      } = await search(many.deps, TENANT, {
        query: parseQuery(text),
        limit: 5,
      });
      return { count, totalIs, notes: query.notes.map(({ as, text: piece }) => `${as}: ${piece}`) };
    };
    const fill = async (count: number) => {
      many = await openTemporaryIndex();
      const documents = Array.from({ length: count }, (_, i) => ({
        id: `${i}`,
        texts: [`outdoors ${word(i)}`],
      }));
      for (let i = 0; i < count; i += 100)
        await importDocuments(many.deps, { id: TENANT, createdAtMs: 0 }, documents.slice(i, i + 100));
      await many.settle(TENANT);
    };
    afterEach(() => many.close());

    it('finds all of a hundred words that begin so, and leaves them all out', async () => {
      await fill(100);
      expect(await total('qa*')).toEqual({ count: 100, totalIs: 'exact', notes: [] });
      expect(await total('outdoors -qa*')).toMatchObject({ count: 0 });
      // qaaax, qabax to qazax, and so on: of every 26 words one begins so.
      expect(await total('qaa*')).toMatchObject({ count: 4 });
    });

    it('says so where it begins more words than are looked for', async () => {
      await fill(300);
      expect(await total('qa*')).toMatchObject({ count: 256, notes: ['frequent words: qa*'] });
    });
  });

  it('takes the name of one thing as one', async () => {
    expect((await names('parking meters'))[0]).toBe('meter');
  });

  it('holds phrases and fields to the gloss', async () => {
    const answer = await ask('"red truck"');
    expect([answer.total, answer.hits.map(({ card }) => card.name), answer.checked]).toEqual([
      1,
      ['together'],
      undefined,
    ]);
    expect(await names('tag:red')).toEqual([]);
  });

  it('looks prefixes up in the vocabulary', async () => {
    expect(await names('wom*')).toEqual(['woman']);
    expect(await names('zzz*')).toEqual([]);
  });

  it('explains a score with parts that add up to it, and what each stands for', async () => {
    for (const { score, explanation } of (await ask('red truck person parking meter')).hits) {
      const sum = explanation.terms.reduce((total, term) => total + term.score, 0);
      expect(score).toBeCloseTo(sum, 10);
    }
    const [woman] = (await ask('person')).hits;
    expect(woman!.explanation.terms.map(({ term, via }) => [term, via])).toEqual([['=person', 'person']]);
    expect(woman!.views[0]).toMatchObject({
      words: ['woman'],
      highlights: [{ field: 'caption', index: 0, start: 2, end: 7 }],
    });
  });

  it('ranks likely pictures after all matches, apart, and only when asked', async () => {
    expect((await ask('oven')).likely).toBeUndefined();
    const { hits, likely } = await ask('oven', { likely: true });
    expect(hits).toHaveLength(8);
    expect(likely!.map(({ card }) => card.name)).toEqual(['bare-kitchen']);
  });

  it('knows what goes with what where a few pictures cannot tell', async () => {
    const few = await openTemporaryIndex();
    const documents = [
      { id: 'board', texts: ['his surfboard'] },
      { id: 'water', texts: ['the ocean', 'a wave'] },
      { id: 'street', texts: ['cars in a street'] },
    ];
    await importDocuments(few.deps, { id: TENANT, createdAtMs: 0 }, documents);
    await few.settle(TENANT);
    const likely = async (background?: Background) =>
      (
        await search(few.deps, TENANT, {
          query: parseQuery('surfboard'),
          limit: 10,
          likely: true,
          ...(background && { background }),
        })
      ).likely!.map(({ card }) => card.name);
    expect(await likely()).toEqual(['water']);
    expect(await likely(NO_BACKGROUND)).toEqual([]);
    await few.close();
  });

  it('asks for what a definition says where hardly any picture says the name, and captions have not counted it', async () => {
    const likely = async (text: string, documents: readonly { id: string; texts: string[] }[]) => {
      const few = await openTemporaryIndex();
      await importDocuments(few.deps, { id: TENANT, createdAtMs: 0 }, documents);
      await few.settle(TENANT);
      const found = await search(few.deps, TENANT, { query: parseQuery(text), limit: 10, likely: true });
      await few.close();
      return found.likely!.map(({ card }) => card.name);
    };
    const shore = { id: 'shore', texts: ['a tower with a light warns ships'] };
    const cafe = { id: 'cafe', texts: ['a spoon beside a cup'] };
    // WordNet: "a tower with a light that gives warning of shoals to passing ships".
    expect(await likely('lighthouse', [shore, cafe])).toEqual(['shore']);
    const lighthouses = Array.from({ length: 3 }, (_, i) => ({ id: `${i}`, texts: ['a lighthouse'] }));
    expect(await likely('lighthouse', [shore, cafe, ...lighthouses])).toEqual([]);
  });

  it('counts related words among the candidates exactly', async () => {
    const { related } = await ask('wall woman meter', { related: true });
    expect(related!.candidates).toBe(4);
    expect(related!.words.map(({ word }) => word)).toEqual(expect.arrayContaining(['red', 'truck', 'rain']));
    for (const { word, count } of related!.words) {
      const holding = DOCUMENTS.slice(0, 4).filter(({ texts }) =>
        texts.join(' ').split(/\W+/).includes(word),
      );
      expect([word, count]).toEqual([word, holding.length]);
    }
  });
});

describe('suggestions', () => {
  it('complete a word from the pictures of the tenant', async () => {
    const complete = (typed: string) => completeWord(store.deps, TENANT, typed, ENGLISH, 8);
    expect(await complete('kit')).toEqual([{ word: 'kitchen', count: 9 }]);
    expect(await complete('Kitchen')).toEqual([{ word: 'kitchen', count: 9 }]);
    expect(await complete('zzz')).toEqual([]);
    expect(await complete('"')).toEqual([]);
  });

  it('say what a misspelt word may have been', async () => {
    expect((await ask('kitchn', { suggestions: true })).suggestions).toEqual([
      { at: 0, text: 'kitchn', words: [{ word: 'kitchen', count: 9 }] },
    ]);
    expect((await ask('kitchn')).suggestions).toBeUndefined();
    const { suggestions = [] } = await ask('kitchn road', { suggestions: true });
    expect(suggestions.map(({ text }) => text)).toEqual(['kitchn']);
    expect((await ask('kitchen road', { suggestions: true })).suggestions).toEqual([]);
  });
});
