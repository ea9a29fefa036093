import { describe, expect, it } from 'vitest';
import { DOCUMENTS_PER_PAGE } from '../../../lib/segment/documents.ts';
import { bucketCount, bucketOf } from '../../../lib/segment/ids.ts';
import { SegmentContents } from '../../../lib/segment/segment-contents.ts';
import { collect, entryOf, postingsOf, rowsOf, SEGMENT, segmentOf, type Rows } from '../../segments.ts';

const hashed = (i: number) => (i * 2_654_435_761) >>> 0;
const everyDocument = (count: number): Rows =>
  Array.from({ length: count }, (_, i) => [i, 1 + (hashed(i) % 50), hashed(i) % 1_000]);

describe('writeSegment', () => {
  const count = 30_000;
  const entries = Array.from({ length: count }, (_, i) => entryOf(i, hashed(i) % 1_000));
  const rare: Rows = [[17, 1, hashed(17) % 1_000]];
  const { items, entry } = collect(entries, [
    ['everywhere', postingsOf(everyDocument(count))],
    ...Array.from({ length: 2_000 }, (_, i) => [`rare${i + 1_000}`, postingsOf(rare)] as const),
  ]);
  const bytesOf = (prefix: string) =>
    [...items].filter(([sk]) => sk.startsWith(prefix)).map(([sk, body]) => sk.length + body.length);

  it('keeps directory, documents and ids within a read of 4 KB and chunks within 16 KB', () => {
    expect(Math.max(...bytesOf('d/'))).toBeLessThanOrEqual(4_000);
    expect(Math.max(...bytesOf('n/'))).toBeLessThanOrEqual(4_000);
    expect(Math.max(...bytesOf('c/'))).toBeLessThanOrEqual(16_100);
    const ids = bytesOf('i/');
    expect(ids.filter((bytes) => bytes <= 4_096).length).toBeGreaterThan(ids.length * 0.95);
  });

  it('packs many terms into few items and takes long lists out of them', () => {
    expect(bytesOf('d/').length).toBeLessThan(20);
    // 30,000 postings of 6 bits of frequency and 10 of length, gaps of none: 60 KB.
    expect(bytesOf('c/').length).toBe(4);
    expect(bytesOf('n/').length).toBe(Math.ceil(count / DOCUMENTS_PER_PAGE));
  });

  it('fills directory items to no more than a read when terms share nothing and lists are large', () => {
    const documents = Array.from({ length: 100 }, (_, i) => entryOf(i, hashed(i)));
    const rows = (term: number): Rows =>
      documents
        .slice(0, 1 + (term % 60))
        .map(({ docLen }, docId) => [docId, 1 + hashed(term * docId), docLen]);
    const terms = Array.from({ length: 300 }, (_, i) =>
      hashed(i).toString(16).padStart(8, '0').repeat(8),
    ).sort();
    const bulky = collect(
      documents,
      terms.map((term, i) => [term, postingsOf(rows(i))] as const),
    );
    const sizes = [...bulky.items]
      .filter(([sk]) => sk.startsWith('d/'))
      .map(([sk, body]) => sk.length + body.length);
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_900);
    expect(sizes.reduce((sum, size) => sum + size) / sizes.length).toBeGreaterThan(3_000);
  });

  it('tells the manifest what it wrote', () => {
    expect(entry).toEqual({
      id: SEGMENT,
      docs: count,
      totalLen: entries.reduce((sum, { docLen }) => sum + docLen, 0),
      bytes: [...items.values()].reduce((sum, body) => sum + body.length, 0),
      deleted: 0,
      deletions: '',
    });
  });

  it('reads back what it wrote, lists of many chunks too', () => {
    const contents = new SegmentContents(SEGMENT, items);
    const lists = new Map(contents.lists());
    expect(lists.size).toBe(2_001);
    expect(rowsOf(lists.get('everywhere')!)).toEqual(everyDocument(count));
    expect(rowsOf(lists.get('rare2999')!)).toEqual(rare);
    expect(contents.documents(count)).toEqual(entries);
  });

  it('refuses terms that do not ascend: no reader would find them', () => {
    const list = postingsOf([[0, 1, 1]]);
    expect(() =>
      collect(
        [entryOf(0, 1)],
        [
          ['b', list],
          ['a', list],
        ],
      ),
    ).toThrow(/"a" cannot follow "b"/);
    expect(() =>
      collect(
        [entryOf(0, 1)],
        [
          ['a', list],
          ['a', list],
        ],
      ),
    ).toThrow(/"a" cannot follow "a"/);
  });
});

describe('SegmentContents', () => {
  const corrupt: unknown = expect.objectContaining({ kind: 'corrupt' });
  const { items } = segmentOf(Array.from({ length: 300 }, (_, i) => ['cat', `word${i}`]));

  it('misses every item that is not there', () => {
    for (const sk of items.keys()) {
      if (sk.startsWith('i/') || sk.startsWith('d/')) continue;
      const contents = new SegmentContents(SEGMENT, new Map([...items].filter(([key]) => key !== sk)));
      expect(() => [contents.documents(300), ...contents.lists()]).toThrow(corrupt);
    }
  });

  it('is corrupt when it has another number of documents', () => {
    const contents = new SegmentContents(SEGMENT, items);
    expect(contents.documents(300)).toHaveLength(300);
    for (const docs of [1, 109, 299, 301, 331]) expect(() => contents.documents(docs)).toThrow(corrupt);
  });
});

describe('buckets of ids', () => {
  it('spread over all of the range', () => {
    const ids = Array.from({ length: 2_000 }, (_, i) => entryOf(i, 1).imageId);
    const buckets = bucketCount(ids.length);
    expect(buckets).toBe(13);
    expect(new Set(ids.map((id) => bucketOf(id, buckets))).size).toBe(13);
    expect(bucketOf('f'.repeat(32) as (typeof ids)[number], 13)).toBe(12);
    expect(bucketOf('0'.repeat(32) as (typeof ids)[number], 13)).toBe(0);
  });
});
