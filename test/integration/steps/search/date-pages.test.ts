import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../../../lib/adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../../../lib/domain/capacity-meter.ts';
import { parseImageId, parseTenantId, type ImageState } from '../../../../lib/domain/ids.ts';
import type { SegmentStore } from '../../../../lib/ports/segment-store.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../../../lib/rank/bm25.ts';
import { factTerms } from '../../../../lib/text/fact-terms.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';
import { openIndex } from '../../../../lib/steps/index/index-reader.ts';
import { beginningOf, datePage } from '../../../../lib/steps/search/date-page.ts';
import { prepareQuery } from '../../../../lib/steps/search/prepare-query.ts';
import { drawn, openDeepIndex } from '../../../support/deep-index.ts';

/** What pages by date read of the index, and how many glosses they look at to sort. */

const LIMIT = 20;
const FIRST_IMAGE = parseImageId('0'.repeat(32));
const meter = new CapacityMeter();
const two = (number: number) => String(number).padStart(2, '0');

/** Pictures of ten years, by the minute. */
function anyDay(i: number): string {
  const day = `${2015 + Math.floor(drawn(i, 90) * 10)}-${two(1 + Math.floor(drawn(i, 91) * 12))}-${two(1 + Math.floor(drawn(i, 92) * 28))}`;
  return `${day}T${two(8 + Math.floor(drawn(i, 93) * 12))}:${two(Math.floor(drawn(i, 94) * 60))}:00`;
}
/** Pictures of 240 days, a hundred each. */
function eventDay(i: number): string {
  const day = Math.floor(drawn(i, 90) * 240);
  return `${2015 + Math.floor(day / 24)}-${two(1 + (Math.floor(day / 2) % 12))}-${two(1 + (day % 2) * 13)}T${two(8 + Math.floor(drawn(i, 93) * 12))}:00:00`;
}
const COLLECTIONS = {
  'on any day': anyDay,
  'on 240 days': eventDay,
  'all of one hour': () => '2020-02-02T02:00:00',
  'without dates': () => undefined,
};

const rows: object[] = [];
// The table of docs/query-language.md, for whoever asks for it.
afterAll(() => process.env['GLOSS_REPORT'] && console.table(rows));

describe.each(Object.entries(COLLECTIONS))('a page by date of 24,000 pictures taken %s', (taken, dateOf) => {
  const tenant = parseTenantId('dates');
  let store: TemporaryIndex;
  beforeAll(async () => {
    store = await openDeepIndex(tenant, meter, (i) => {
      const takenAt = dateOf(i);
      return takenAt === undefined ? [] : [...factTerms({ takenAt }, ENGLISH)];
    });
  });
  afterAll(() => store.close());

  it.each(['dog', 'red dog', '+dog +red -tree'])('of %s reads few units at any depth', async (query) => {
    const pageAt = async (place: Parameters<typeof datePage>[4]['place'], segments: SegmentStore) => {
      let looked = 0;
      const glosses = {
        ofStates: (_: unknown, states: readonly ImageState[]) => {
          looked += states.length;
          return Promise.resolve(new Map());
        },
      };
      const records = { getMany: () => Promise.resolve(new Map()) };
      const before = meter.snapshot();
      const index = await openIndex({ manifests: store.deps.manifests, segments }, tenant);
      const prepared = await prepareQuery(index, parseQuery(query));
      const request = { place, limit: LIMIT, params: PAPER_PARAMS };
      await datePage({ records, glosses }, tenant, index, prepared, request);
      // The images of the page are loaded in any case.
      return { units: meter.since(before).readUnits, sorted: looked - LIMIT };
    };
    const fresh = () => cachingSegmentStore(store.deps.segments, 256 * 2 ** 20);
    const warm = fresh();
    const first = await pageAt(beginningOf('newest'), warm);
    const dates = Array.from({ length: 24_000 }, (_, i) => dateOf(i) ?? '').toSorted();
    // Two thirds down: 10,000 hits and more are before it.
    const there = { ...beginningOf('newest'), looked: 10_000 };
    const time = dates[8_000]!;
    const isLarge = taken === 'all of one hour' || taken === 'without dates';
    const place = {
      ...there,
      last: isLarge ? { time: time.slice(0, 13), doc: 16_000 } : { time, imageId: FIRST_IMAGE },
    };
    await pageAt(place, warm);
    const deep = await pageAt(place, warm);
    const alone = await pageAt(place, fresh());
    rows.push({
      taken,
      query,
      first: first.units,
      sorted: first.sorted,
      deep: deep.units,
      fresh: alone.units,
      sortedThere: deep.sorted,
    });
    expect(Math.max(first.units, alone.units)).toBeLessThan(120);
    expect(Math.max(first.sorted, deep.sorted)).toBeLessThanOrEqual(2 * 100);
  });
});
