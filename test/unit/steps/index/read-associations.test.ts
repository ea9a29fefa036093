import { beforeAll, describe, expect, it } from 'vitest';
import { memorySegmentStore } from '../../../../lib/adapters/memory-segment-store.ts';
import { MemoryTable } from '../../../../lib/adapters/memory-table.ts';
import { CapacityMeter } from '../../../../lib/domain/capacity-meter.ts';
import { parseTenantId, type SegmentId } from '../../../../lib/domain/ids.ts';
import { compileQuery } from '../../../../lib/query/plan/compile-query.ts';
import { oneMeaning } from '../../../../lib/query/plan/one-meaning.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { EMPTY_MANIFEST, type Manifest } from '../../../../lib/index/segment/manifest.ts';
import { IndexReader } from '../../../../lib/steps/index/index-reader.ts';
import { segmentOf, type Words } from '../../../support/segments.ts';

const TENANT = parseTenantId('photos');

/** Documents about a kitchen now and then, as many as asked for. */
const documentsOf = (docs: number, every: number): Words[] =>
  Array.from({ length: docs }, (_, i) => [
    'a',
    ...(i % every === 0 ? ['oven'] : []),
    ...(i % every === 0 && i % (2 * every) === 0 ? ['stove'] : []),
    ...(i % 3 === 0 ? ['cat'] : []),
    ...(i % (every + 7) === 0 ? ['stove'] : []),
  ]);
const LARGE = [documentsOf(4_200, 50), documentsOf(5_000, 64)];
const YOUNG = documentsOf(500, 10);

const store = memorySegmentStore(new MemoryTable(new CapacityMeter()));
let manifest: Manifest;
beforeAll(async () => {
  const segments = [];
  for (const [i, documents] of [...LARGE, YOUNG].entries()) {
    const { items, entry } = segmentOf(documents);
    const id = `segment-${i}` as SegmentId;
    await store.write(
      TENANT,
      id,
      Array.from(items, ([sk, body]) => ({ sk, body })),
    );
    segments.push({ ...entry, id });
  }
  manifest = { ...EMPTY_MANIFEST, segments };
});

const associationsIn = (snapshot: Manifest, terms: readonly string[]) =>
  new IndexReader(store, TENANT, snapshot).associations(terms);

describe('associations', () => {
  it('adds up what the large segments counted, exactly', async () => {
    const found = await associationsIn(manifest, ['oven']);
    expect(found!.map(({ term }) => term)).toEqual(['stove']);
    const all = LARGE.flat();
    const stoves = all.filter((words) => words.includes('stove'));
    expect(found![0]!.count).toBe(stoves.filter((words) => words.includes('oven')).length);
    // Its frequency is told for the whole collection, as if the young segment were like the others.
    expect(found![0]!.docFreq).toBeCloseTo((stoves.length * 9_700) / 9_200, 8);
  });

  it('lets the most frequent of terms that mean the same speak', async () => {
    const oven = await associationsIn(manifest, ['oven']);
    expect(await associationsIn(manifest, ['nothing', 'oven'])).toEqual(oven);
  });

  it('has no answer for terms that nothing is stored of, nor where most pictures are in other segments', async () => {
    expect(await associationsIn(manifest, ['nothing'])).toBeUndefined();
    expect(await associationsIn(manifest, [])).toBeUndefined();
    const young = { ...manifest, segments: [manifest.segments[2]!] };
    expect(await associationsIn(young, ['oven'])).toBeUndefined();
  });

  it('does without the items of segments that were written before there were any', async () => {
    const [first, second] = manifest.segments;
    const older = { ...manifest, segments: [first!, { ...second!, id: 'older' as SegmentId, format: 2 }] };
    const found = await associationsIn(older, ['oven']);
    const together = LARGE[0]!.filter((words) => words.includes('stove') && words.includes('oven'));
    expect(found![0]!.count).toBe(together.length);
  });
});

describe('oneMeaning', () => {
  const meant = (text: string) => oneMeaning(compileQuery(parseQuery(text)));

  it('is of a word, or of the name of one thing, with its class', () => {
    expect(meant('couch')).toEqual(['couch', '=sofa']);
    expect(meant('parking meter')).toEqual(['park meter']);
  });

  it('is not of several things, nor of what only glosses decide or conditions narrow', () => {
    expect(['red car', '"red car"', 'tag:car', 'car -red', '+car red'].map(meant)).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });
});
