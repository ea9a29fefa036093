import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../../../lib/adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../../../lib/domain/capacity-meter.ts';
import { parseTenantId, type ImageId, type ImageState } from '../../../../lib/domain/ids.ts';
import { parseQuery, plainQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { openIndex } from '../../../../lib/steps/index/index-reader.ts';
import { prepareQuery } from '../../../../lib/steps/search/prepare-query.ts';
import { search } from '../../../../lib/steps/search/search.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';
import { factTerms } from '../../../../lib/text/fact-terms.ts';
import { drawn, openDeepIndex } from '../../../support/deep-index.ts';

/** What the first page of each kind of query reads, on an instance that has nothing of the index. */

const tenant = parseTenantId('units');
const meter = new CapacityMeter();
let store: TemporaryIndex;
const two = (number: number) => String(number).padStart(2, '0');
beforeAll(async () => {
  store = await openDeepIndex(tenant, meter, (i) => {
    const [year, month, day] = [10, 12, 28].map((count, n) => Math.floor(drawn(i, 90 + n) * count));
    const takenAt = `${2015 + year!}-${two(1 + month!)}-${two(1 + day!)}T12:00:00`;
    return [...factTerms({ takenAt }, ENGLISH)];
  });
});
const rows: object[] = [];
afterAll(async () => {
  // The table of docs/query-language.md, for whoever asks for it.
  if (process.env['GLOSS_REPORT']) console.table(rows);
  await store.close();
});

/** What classes and pictures with all words may cost, in read units of a plain query. */
const MOST_TIMES_PLAIN = 1.3;

/** Read units of the index, and how many glosses are looked at. */
async function costOf(text: string, isPlain = false) {
  let glosses = 0;
  const segments = cachingSegmentStore(store.deps.segments, 256 * 2 ** 20);
  const deps = {
    manifests: store.deps.manifests,
    segments,
    records: { getMany: () => Promise.resolve(new Map<ImageId, never>()) },
    glosses: {
      getMany: () => Promise.resolve(new Map<ImageId, never>()),
      ofStates(_: unknown, states: readonly ImageState[]) {
        glosses += states.length;
        return Promise.resolve(new Map<ImageId, never>());
      },
    },
  };
  const before = meter.snapshot();
  const query = isPlain ? plainQuery(text) : parseQuery(text);
  const { total } = await search(deps, tenant, { query, limit: 20 });
  const cost = { query: text, isPlain, units: meter.since(before).readUnits, glosses, total };
  rows.push(cost);
  return cost;
}

it.each([
  'dog',
  'red dog',
  'dog red car',
  '+dog',
  '+dog +red',
  '+dog +red +car',
  '"red dog"',
  'tag:dog',
  'dog date:2020',
  'dog date:2020-05-17',
  'dog after:2020-05-17',
  'date:2020',
])('%s reads few units', async (query) => {
  const { units, glosses } = await costOf(query);
  expect(units).toBeLessThan(60);
  expect(glosses).toBeLessThanOrEqual(500);
});

it.each([
  ['dog date:2020', false],
  ['dog date:2020-05 date:2020', false],
  ['dog before:2020', true],
])('%s looks dates up before it reads their lists: %s', async (query, looksUp) => {
  const index = await openIndex(store.deps, tenant);
  const before = meter.snapshot();
  await prepareQuery(index, parseQuery(query));
  expect(meter.since(before).readUnits > 0).toBe(looksUp);
});

it('words that are required read no less than optional ones', async () => {
  const [optional, required] = [await costOf('dog red car', true), await costOf('+dog +red +car')];
  expect(required.units).toBeGreaterThanOrEqual(optional.units);
});

it('queries of one word to five together read at most 1.3 times what plain ones read', async () => {
  const texts = ['dog', 'red dog', 'dog red car', 'person on the street', 'red dog car tree street'];
  const unitsOf = async (isPlain: boolean) => {
    let sum = 0;
    for (const text of texts) sum += (await costOf(text, isPlain)).units;
    return sum;
  };
  const plain = await unitsOf(true);
  expect(plain).toBeGreaterThan(50);
  expect(await unitsOf(false)).toBeLessThanOrEqual(MOST_TIMES_PLAIN * plain);
});
