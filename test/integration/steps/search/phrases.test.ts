import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { parseTenantId, type ImageState } from '../../../../lib/domain/ids.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { importDocuments } from '../../../../lib/steps/images/import-documents.ts';
import { search, type SearchDeps, type SearchRequest } from '../../../../lib/steps/search/search.ts';
import { randomOf } from '../../../support/random.ts';

/**
 * Places of words leave out documents that cannot have a phrase. Whoever does not trust them looks at every gloss, as for an index of
 * another analysis, and must find the same.
 */

const TENANT = parseTenantId('phrases');
const WORDS = 'red dog car tree street wifi wi fi router ice cream cone icecream a man in the park'.split(
  ' ',
);
const DOCUMENTS = 2_600;

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
  const random = randomOf(16);
  const text = (most: number) =>
    Array.from({ length: 1 + random.below(most) }, () => random.pick(WORDS)).join(
      random.pick([' ', ' ', ', ', '-']),
    );
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => ({
    id: i % 40 === 0 ? `${random.pick(['red dog', 'dog red', text(3)])} ${i}.jpg` : `${i}`,
    tags: Array.from({ length: random.below(4) }, () => text(2)),
    captions: Array.from({ length: 1 + random.below(3) }, () =>
      i % 50 === 0 ? text(60) : `${text(9)}${i % 7 === 0 ? ' a man in the park' : ''}`,
    ),
  }));
  for (let from = 0; from < DOCUMENTS; from += 100) {
    await importDocuments(store.deps, { id: TENANT, createdAtMs: 0 }, documents.slice(from, from + 100));
    await store.settle(TENANT);
  }
}, 120_000);
afterAll(() => store.close());

/** An answer, and how many glosses were read for it. */
async function ask(text: string, areTrusted: boolean, limit: number, more: Partial<SearchRequest> = {}) {
  let glosses = 0;
  const manifests: SearchDeps['manifests'] = {
    commit: (...commit) => store.deps.manifests.commit(...commit),
    async read(tenant) {
      const { analysis, ...manifest } = await store.deps.manifests.read(tenant);
      return areTrusted && analysis ? { ...manifest, analysis } : manifest;
    },
  };
  const deps: SearchDeps = {
    ...store.deps,
    manifests,
    glosses: {
      getMany: (tenant, imageIds) => store.deps.glosses.getMany(tenant, imageIds),
      ofStates(tenant, states: readonly ImageState[]) {
        glosses += states.length;
        return store.deps.glosses.ofStates(tenant, states);
      },
    },
  };
  const {
    figures: _figures,
    analysed: _analysed,
    isIndexStale,
    next,
    ...answer
  } = await search(deps, TENANT, {
    query: parseQuery(text),
    limit,
    ...more,
  });
  expect(isIndexStale).toBe(!areTrusted);
  return { answer: { ...answer, place: next?.place }, next, glosses };
}

it.each([
  '"red dog"',
  '"red dog car"',
  '"red red"',
  '"a man in the park"',
  '"wi fi router"',
  '"wifi router"',
  '"ice cream cone"',
  '"icecream cone"',
  '"dog" "red car"',
  '+"red dog" tree -street',
  '("red dog" OR "dog red") AND car',
  'tag:"red dog"',
  'name:"red dog"',
  'tree "red dog"',
  'car -"red dog"',
  '"tree-street"',
])('%s is answered as by looking at every gloss', async (text) => {
  const [trusted, checked] = [await ask(text, true, 20), await ask(text, false, 20)];
  expect(trusted.answer).toEqual(checked.answer);
  expect(trusted.answer.hits.length).toBeGreaterThan(0);
  expect(trusted.glosses).toBeLessThanOrEqual(checked.glosses);
  if (!trusted.next || !checked.next) return;
  const [later, laterChecked] = [
    await ask(text, true, 7, { from: trusted.next }),
    await ask(text, false, 7, { from: checked.next }),
  ];
  expect(later.answer).toEqual(laterChecked.answer);
});

it.each(['"red dog"', '"ice cream cone"', 'name:"red dog"', '+"red dog" tree -street'])(
  '%s is answered by date as by looking at every gloss',
  async (text) => {
    for (const order of ['newest', 'oldest'] as const) {
      const [trusted, checked] = [
        await ask(text, true, 20, { order }),
        await ask(text, false, 20, { order }),
      ];
      expect(trusted.answer).toEqual(checked.answer);
      expect(trusted.answer.hits.length).toBeGreaterThan(0);
      expect(trusted.glosses).toBeLessThan(checked.glosses);
      const [from, fromChecked] = [trusted.next!, checked.next!];
      const [later, laterChecked] = [
        await ask(text, true, 7, { order, from }),
        await ask(text, false, 7, { order, from: fromChecked }),
      ];
      expect(later.answer).toEqual(laterChecked.answer);
    }
  },
);

it('a phrase of frequent words reads few more glosses than it has hits', async () => {
  const { answer, glosses } = await ask('"red dog"', true, 20);
  const all = await ask('"red dog"', false, 20);
  expect(answer.total).toBeGreaterThanOrEqual(20);
  expect(glosses).toBeLessThan(all.glosses / 3);
});
