import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capacity } from '../../lib/domain/capacity-meter.ts';
import { parseTenantId, type SegmentId } from '../../lib/domain/ids.ts';
import type { SegmentItem } from '../../lib/index/segment/sort-keys.ts';
import { IMPLEMENTATIONS, type IndexStores } from './index-stores.ts';

/** One suite for every SegmentStore; and what the one in memory charges is what DynamoDB does. */

const tenant = parseTenantId('contract');
let segmentCount = 0;
const freshSegment = () => `segment-${segmentCount++}` as SegmentId;
const item = (sk: string, bytes = 10): SegmentItem => ({ sk, body: Buffer.alloc(bytes, sk) });
const cheaply = { consistent: false };
const strongly = { consistent: true };

/** In the order of UTF-8, which UTF-16 would sort otherwise: U+1F431 is a pair of surrogates, below U+FFFD there. */
const ODD_TERMS = [
  '',
  'a',
  'a/b',
  'ab',
  'a\u0301',
  'zebra',
  '\u00e9',
  '\u732b',
  '\uffef',
  '\ufffd',
  '\u{1f431}',
];

describe.each(IMPLEMENTATIONS)('segments in %s', (_name, open) => {
  let store: IndexStores;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it('come back as they were written, in the order of the keys asked for', async () => {
    const id = freshSegment();
    await store.segments.write(tenant, id, [item('n/1'), item('c/1'), item('d/')]);
    const keys = ['d/', 'n/1', 'c/1', 'n/1'].map((sk) => ({ segmentId: id, sk }));
    const bodies = await store.segments.read(tenant, keys);
    expect(bodies.map((body) => Buffer.from(body).toString())).toEqual(
      ['d/', 'n/1', 'c/1', 'n/1'].map((sk) => Buffer.alloc(10, sk).toString()),
    );
  });

  it('belong to their tenant and segment alone', async () => {
    const id = freshSegment();
    await store.segments.write(tenant, id, [item('d/')]);
    const other = parseTenantId('other');
    expect(await store.segments.readIfThere(other, [{ segmentId: id, sk: 'd/' }])).toEqual([undefined]);
    expect(await store.segments.findDirectory(other, id, 'a', strongly)).toBeUndefined();
    expect(await store.segments.readAll(tenant, freshSegment())).toEqual(new Map());
  });

  it.each([cheaply, strongly])(
    'have the directory of the greatest key not above a term (%o)',
    async (options) => {
      const id = freshSegment();
      const items = ODD_TERMS.map((term) => item(`d/${term}`));
      await store.segments.write(tenant, id, [...items.toReversed(), item('c/00000000/zz'), item('x/a')]);
      for (const [i, term] of ODD_TERMS.entries()) {
        const found = await store.segments.findDirectory(tenant, id, term, options);
        expect(found?.sk).toBe(`d/${term}`);
        expect(Buffer.from(found!.body)).toEqual(items[i]!.body);
        // Nothing lies between a term and the same term with the least of characters after it.
        expect((await store.segments.findDirectory(tenant, id, `${term}\u0001`, options))?.sk).toBe(
          `d/${term}`,
        );
      }
    },
  );

  it('have no directory below the first one, nor another kind of item in its place', async () => {
    const id = freshSegment();
    await store.segments.write(tenant, id, [item('c/00000000/a'), item('d/m')]);
    expect(await store.segments.findDirectory(tenant, id, 'l', strongly)).toBeUndefined();
    expect((await store.segments.findDirectory(tenant, id, 'm', strongly))?.sk).toBe('d/m');
  });

  it('have their directories alone read in the order of UTF-8, over more than one page', async () => {
    const id = freshSegment();
    const items = ODD_TERMS.map((term) => item(`d/${term}`, 300_000));
    await store.segments.write(tenant, id, [...items.toReversed(), item('c/00000000/zz'), item('n/1')]);
    const found = await store.segments.readDirectories(tenant, id, [], 1e9);
    expect(found.map(({ sk }) => sk)).toEqual(items.map(({ sk }) => sk));
    expect(found.every(({ body }) => body.length === 300_000)).toBe(true);
    expect(await store.segments.readDirectories(tenant, freshSegment(), [], 1e9)).toEqual([]);
  });

  it('are read whole in the order of UTF-8, over more than one page', async () => {
    const id = freshSegment();
    const items = ODD_TERMS.map((term) => item(`d/${term}`, 300_000));
    await store.segments.write(tenant, id, items.toReversed());
    const all = await store.segments.readAll(tenant, id);
    expect([...all.keys()]).toEqual(items.map(({ sk }) => sk));
    expect([...all.values()].every((body) => body.length === 300_000)).toBe(true);
  });

  it('say which item is missing', async () => {
    const id = freshSegment();
    await store.segments.write(tenant, id, [item('d/')]);
    const keys = [
      { segmentId: id, sk: 'd/' },
      { segmentId: id, sk: 'n/gone' },
    ];
    await expect(store.segments.read(tenant, keys)).rejects.toMatchObject({
      kind: 'corrupt',
      code: 'segment_item_missing',
      message: expect.stringContaining('n/gone') as string,
    });
    const [there, gone] = await store.segments.readIfThere(tenant, keys);
    expect([there?.length, gone]).toEqual([10, undefined]);
  });

  it('are gone once dropped, and their neighbours are not', async () => {
    const [dropped, kept] = [freshSegment(), freshSegment()];
    for (const id of [dropped, kept]) {
      await store.segments.write(
        tenant,
        id,
        Array.from({ length: 60 }, (_, i) => item(`n/${i}`)),
      );
    }
    await store.segments.drop(tenant, dropped);
    await store.segments.drop(tenant, dropped);
    expect((await store.segments.readAll(tenant, dropped)).size).toBe(0);
    expect((await store.segments.readAll(tenant, kept)).size).toBe(60);
  });
});

type Call = readonly [name: string, call: (of: IndexStores, id: SegmentId) => Promise<unknown>];
const keysOf = (segmentId: SegmentId, sks: readonly string[]) => sks.map((sk) => ({ segmentId, sk }));
const many = Array.from({ length: 130 }, (_, i) => `n/${i}`);

/** One after the other on one segment; the first has just been made. */
const CALLS: readonly Call[] = [
  // pk, sk, body and their names: the sizes stand around the steps of 1 KB and 4 KB.
  [
    'write small items',
    ({ segments }, id) =>
      segments.write(
        tenant,
        id,
        many.map((sk) => item(sk, 20)),
      ),
  ],
  [
    'write items around the steps',
    ({ segments }, id) =>
      segments.write(
        tenant,
        id,
        Array.from({ length: 60 }, (_, i) => item(`s/${i}`, i < 30 ? 970 + i : 4040 + i)),
      ),
  ],
  [
    'write large items',
    ({ segments }, id) =>
      segments.write(
        tenant,
        id,
        ['l/1', 'l/2', 'l/3', 'l/4', 'l/5'].map((sk) => item(sk, 300_000)),
      ),
  ],
  [
    'write directories',
    ({ segments }, id) => segments.write(tenant, id, [item('d/', 3_000), item('d/m', 5_000)]),
  ],
  ['write an item again, smaller', ({ segments }, id) => segments.write(tenant, id, [item('s/59', 5)])],
  ['find a directory cheaply', ({ segments }, id) => segments.findDirectory(tenant, id, 'm', cheaply)],
  ['find a directory strongly', ({ segments }, id) => segments.findDirectory(tenant, id, 'zz', strongly)],
  ['read all directories', ({ segments }, id) => segments.readDirectories(tenant, id, [], 1e9)],
  ['read one item', ({ segments }, id) => segments.read(tenant, keysOf(id, ['l/1']))],
  [
    'read around the steps',
    ({ segments }, id) =>
      segments.read(
        tenant,
        keysOf(
          id,
          Array.from({ length: 60 }, (_, i) => `s/${i}`),
        ),
      ),
  ],
  ['read more than a request takes', ({ segments }, id) => segments.read(tenant, keysOf(id, many))],
  [
    'read an item named twice',
    ({ segments }, id) => segments.read(tenant, keysOf(id, ['l/1', 'n/1', 'l/1'])),
  ],
  ['read nothing', ({ segments }) => segments.read(tenant, [])],
  [
    'read what is missing',
    ({ segments }, id) => segments.read(tenant, keysOf(id, ['n/1', 'gone', 'too'])).catch(() => 'missing'),
  ],
  ['read if there', ({ segments }, id) => segments.readIfThere(tenant, keysOf(id, ['l/2', 'gone', 's/30']))],
  ['read all', ({ segments }, id) => segments.readAll(tenant, id)],
  ['drop', ({ segments }, id) => segments.drop(tenant, id)],
];

describe('what the memory charges', () => {
  it('is what DynamoDB says that it consumed', async () => {
    const bills = await Promise.all(
      IMPLEMENTATIONS.map(async ([, open]) => {
        const store = await open();
        const id = 'segment-1' as SegmentId;
        const bill: [string, Capacity][] = [];
        for (const [name, call] of CALLS) {
          const before = store.meter.snapshot();
          await call(store, id);
          bill.push([name, store.meter.since(before)]);
        }
        await store.close();
        return bill;
      }),
    );
    expect(bills[1]).toEqual(bills[0]);
    // By hand: five items of 300 KB and 130, 60 and 2 smaller ones; 1 MB is full after the fourth large one.
    const readAll = new Map(bills[1]).get('read all')!;
    expect(readAll.readRequests).toBe(2);
    expect(readAll.rounds).toBe(2);
  });

  it('is the least there is for a query that finds nothing, which the embedded server gives away', async () => {
    const [, open] = IMPLEMENTATIONS[1];
    const store = await open();
    await store.segments.findDirectory(tenant, freshSegment(), 'a', cheaply);
    expect(store.meter.snapshot()).toMatchObject({ readRequests: 1, readUnits: 0.5, readBytes: 0 });
  });

  it('counts reads that begin together as one round', async () => {
    const [, open] = IMPLEMENTATIONS[1];
    const store = await open();
    const id = freshSegment();
    await store.segments.write(tenant, id, [item('d/'), item('c/1')]);
    const chain = async () => {
      await store.segments.findDirectory(tenant, id, 'a', cheaply);
      return store.segments.read(tenant, keysOf(id, ['c/1']));
    };
    await Promise.all([chain(), chain(), store.segments.read(tenant, keysOf(id, ['d/']))]);
    expect(store.meter.snapshot()).toMatchObject({ rounds: 2, readRequests: 5 });
  });

  it('reads at most 1 MB of a partition by one request for single items', async () => {
    const [, open] = IMPLEMENTATIONS[1];
    const store = await open();
    const id = freshSegment();
    const names = ['1', '2', '3', '4'];
    await store.segments.write(
      tenant,
      id,
      names.map((sk) => item(sk, 300_000)),
    );
    await store.segments.read(tenant, keysOf(id, names));
    // 300,000 bytes are 74 steps of 4 KB (303,104), half a unit each.
    expect(store.meter.snapshot()).toMatchObject({ rounds: 2, readRequests: 2, readUnits: 4 * 37 });
  });
});
