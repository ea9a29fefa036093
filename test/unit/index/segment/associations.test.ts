import { describe, expect, it } from 'vitest';
import {
  associationBucketOf,
  associationBuckets,
  decodeAssociations,
  writeAssociations,
  type TermAssociates,
} from '../../../../lib/index/segment/associations.ts';
import { FORMAT_VERSION } from '../../../../lib/index/bytes/item-frame.ts';
import { CooccurrenceCounter } from '../../../../lib/index/write/cooccurrence.ts';
import { compareUtf8 } from '../../../../lib/index/bytes/utf8-order.ts';
import { postingsOf } from '../../../support/segments.ts';

const ITEM = { segmentId: 'segment-1', sk: 'a/00000000' };
const listOf = (docIds: readonly number[]) => postingsOf(docIds.map((docId) => [docId, 1, 1]));
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

function count(docs: number, lists: Readonly<Record<string, readonly number[]>>) {
  const counter = new CooccurrenceCounter(docs);
  const sorted = Object.entries(lists).sort(([a], [b]) => compareUtf8(a, b));
  const passed = [...counter.watch(sorted.map(([term, docIds]) => [term, listOf(docIds)] as const))];
  expect(passed.map(([term]) => term)).toEqual(sorted.map(([term]) => term));
  const { counted, terms } = counter.finish();
  return { counted, terms: new Map(Array.from(terms, (said) => [said.term, said])) };
}
const namesOf = (said: TermAssociates | undefined) =>
  said?.associates.map(({ term, count: together, docFreq }) => [term, together, docFreq]);

describe('CooccurrenceCounter', () => {
  const lists = {
    a: range(0, 1_000),
    oven: range(0, 40),
    stove: range(5, 45),
    // One document in ten, inside and outside: no associate.
    cat: range(0, 1_000, 10),
    rare: range(0, 31),
    '=applianc': range(0, 45),
  };

  it('counts every pair exactly, and keeps what chance does not explain', () => {
    const { counted, terms } = count(1_000, lists);
    expect(counted).toBe(1_000);
    // Of the 40 documents with an oven 35 have a stove; all have "a", as everywhere.
    expect(terms.get('oven')!.docFreq).toBe(40);
    expect(namesOf(terms.get('oven'))).toEqual([['stove', 35, 40]]);
    expect(namesOf(terms.get('stove'))).toEqual([['oven', 35, 40]]);
    expect(namesOf(terms.get('a'))).toEqual([]);
    expect(namesOf(terms.get('cat'))).toEqual([]);
  });

  it('has associates of a class, but no class as an associate', () => {
    const { terms } = count(1_000, lists);
    expect(namesOf(terms.get('=applianc'))).toEqual(
      expect.arrayContaining([
        ['oven', 40, 40],
        ['stove', 40, 40],
      ]),
    );
  });

  it('says nothing of terms in fewer than 32 documents', () => {
    expect(count(1_000, lists).terms.has('rare')).toBe(false);
  });

  it('counts every second document of a segment of 300,000', () => {
    const { counted, terms } = count(300_000, { oven: range(0, 100), stove: range(0, 80) });
    expect(counted).toBe(150_000);
    expect(terms.get('oven')!.docFreq).toBe(50);
    expect(namesOf(terms.get('oven'))).toEqual([['stove', 40, 40]]);
  });
});

describe('association items', () => {
  const oven: TermAssociates = {
    term: 'oven',
    docFreq: 40,
    associates: [
      { term: 'stove', count: 35, docFreq: 45 },
      { term: 'pan', count: 12, docFreq: 12 },
    ],
  };
  /** Put together by hand after FORMAT.md, the checksum by zlib. */
  const BYTES = '06076401046f76656e28020573746f7665230a0370616e0c0037fe8ab1';

  it('are written byte for byte as FORMAT.md says, in the bucket of the term', () => {
    const items = [...writeAssociations({ counted: 100, terms: [oven] }, 4_096, 3_900)];
    expect(items).toHaveLength(128); // 2 x sqrt(4,096)
    // CRC-32 of "oven" is 0xa0fdff16 by zlib of another language: 0xa0fdff16 x 128 / 2^32 = 80.5.
    expect(items.filter(({ body }) => body.length > 8).map(({ sk }) => sk)).toEqual(['a/00000080']);
    expect(Buffer.from(items[80]!.body).toString('hex')).toBe(BYTES);
  });

  it('are read as what was written', () => {
    const { counted, terms } = decodeAssociations(
      new Uint8Array(Buffer.from(BYTES, 'hex')),
      ITEM,
      FORMAT_VERSION,
    );
    expect([counted, [...terms.values()]]).toEqual([100, [oven]]);
  });

  it('are none for small segments, and grow as the square root', () => {
    expect([4_095, 4_096, 100_000, 1_000_000].map(associationBuckets)).toEqual([0, 128, 633, 2_000]);
  });

  it('leave the rarest terms out where a bucket is full', () => {
    const terms = range(0, 20_000).map((i) => ({ ...oven, term: `word${i}`, docFreq: 100 + i }));
    const items = [...writeAssociations({ counted: 30_000, terms }, 4_096, 3_900)];
    expect(Math.max(...items.map(({ body }) => body.length))).toBeLessThanOrEqual(3_900);
    const kept = items.flatMap(({ sk, body }) => [
      ...decodeAssociations(body, { ...ITEM, sk }, FORMAT_VERSION).terms.values(),
    ]);
    expect(kept.length).toBeLessThan(20_000);
    const byBucket = Map.groupBy(terms, ({ term }) => associationBucketOf(term, 128));
    for (const [bucket, { body }] of items.entries()) {
      const here = [...decodeAssociations(body, ITEM, FORMAT_VERSION).terms.values()].map(
        ({ docFreq }) => docFreq,
      );
      const left = byBucket
        .get(bucket)!
        .map(({ docFreq }) => docFreq)
        .sort((a, b) => b - a);
      expect(here.sort((a, b) => b - a)).toEqual(left.slice(0, here.length));
    }
  });

  it('that say what cannot be are refused', () => {
    const impossible = { ...oven, docFreq: 30 }; // 35 of 30 documents
    const items = [...writeAssociations({ counted: 100, terms: [impossible] }, 4_096, 3_900)];
    expect(() => decodeAssociations(items[80]!.body, ITEM, FORMAT_VERSION)).toThrow(
      expect.objectContaining({ kind: 'corrupt' }),
    );
  });
});
