import { describe, expect, it } from 'vitest';
import type { ImageId } from '../../../../lib/domain/ids.ts';
import { decodeDirectory } from '../../../../lib/index/segment/directory.ts';
import type { DirectoryEntry } from '../../../../lib/index/segment/directory-entry.ts';
import { DOCUMENTS_PER_PAGE } from '../../../../lib/index/segment/document-pages.ts';
import { bucketCount, bucketOf, idPrefixOf } from '../../../../lib/index/segment/image-map.ts';
import {
  collect,
  contentsOf,
  docIdsOf,
  entriesOf,
  entryOf,
  postingsOf,
  readSegment,
  rowsOf,
  SEGMENT,
  segmentOf,
  type BuiltSegment,
  type Rows,
} from '../../../support/segments.ts';

const hashed = (i: number) => (i * 2_654_435_761) >>> 0;
const sizesOf = ({ items }: BuiltSegment, prefix: string) =>
  [...items].filter(([sk]) => sk.startsWith(prefix)).map(([sk, body]) => sk.length + body.length);
/** What one of the directories says of a term. */
const lookUp = ({ items }: BuiltSegment, term: string): DirectoryEntry =>
  [...items]
    .filter(([sk]) => sk.startsWith('d/'))
    .map(([sk, body]) => decodeDirectory(body, { segmentId: SEGMENT, sk }).entry(term))
    .find((entry) => entry !== undefined)!;

describe('writeSegment', () => {
  const count = 30_000;
  const entries = Array.from({ length: count }, (_, i) => entryOf(i, hashed(i) % 1_000));
  const everyDocument: Rows = entries.map(({ docLen }, i) => [i, 1 + (hashed(i) % 50), docLen]);
  const rare: Rows = [[17, 1, hashed(17) % 1_000]];
  const segment = collect(entries, [
    ['everywhere', postingsOf(everyDocument)],
    ...Array.from({ length: 2_000 }, (_, i) => [`rare${i + 1_000}`, postingsOf(rare)] as const),
  ]);
  const { items, entry } = segment;

  it('keeps every item within a read of 4 KB', () => {
    expect(Math.max(...sizesOf(segment, 'd/'))).toBeLessThanOrEqual(3_900);
    expect(Math.max(...sizesOf(segment, 'c/'))).toBeLessThanOrEqual(3_900);
    expect(Math.max(...sizesOf(segment, 'n/'))).toBeLessThanOrEqual(4_000);
    const ids = sizesOf(segment, 'i/');
    expect(ids.filter((bytes) => bytes <= 4_000).length).toBe(ids.length);
  });

  it('packs many terms into few items and takes long lists out of them', () => {
    expect(sizesOf(segment, 'd/').length).toBeLessThan(16);
    // Blocks of 128: no gaps, frequencies of 6 bits and lengths of 10, 256 bytes, 7 for form and widths, and 5 or 6 of
    // table: 14 go into a chunk, and there are 235.
    expect(sizesOf(segment, 'c/').length).toBe(17);
    expect(DOCUMENTS_PER_PAGE).toBe(160);
    expect(sizesOf(segment, 'n/').length).toBe(188);
    expect(sizesOf(segment, 'i/').length).toBe(47);
  });

  it.each([
    [
      'nothing in common and large numbers',
      (i: number) => hashed(i).toString(16).padStart(8, '0').repeat(8),
      1 << 31,
    ],
    ['a start in common', (i: number) => `term${hashed(i).toString(16).padStart(8, '0')}`, 300],
    ['one character', (i: number) => String.fromCodePoint(0x4e00 + i), 2 ** 28],
  ])('fills directory items to no more than a read where terms have %s', (_, termOf, mostLen) => {
    const documents = Array.from({ length: 400 }, (_, i) => entryOf(i, hashed(i) % (mostLen >>> 0)));
    const rows = (term: number): Rows =>
      documents
        .slice(term % 200, (term % 200) + 1 + ((term * 7) % 60))
        .map(({ docLen }, i) => [(term % 200) + i, 1 + (hashed(term * i) % 1_000), docLen]);
    const terms = Array.from({ length: 1_500 }, (_, i) => termOf(i)).sort();
    const bulky = collect(
      documents,
      terms.map((term, i) => [term, postingsOf(rows(i))] as const),
    );
    const sizes = sizesOf(bulky, 'd/');
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_950);
    expect(sizes.reduce((sum, size) => sum + size) / sizes.length).toBeGreaterThan(3_000);
    expect(readSegment(bulky).lists).toEqual(terms.map((term, i) => [term, rows(i)]));
  });

  it('fills directory items to no more than a read where the lists of a term are alike and those of others are not', () => {
    // Lengths that are near each other within a list: counted from the least of the item they take three bytes each.
    const documents = Array.from({ length: 8_000 }, (_, i) => entryOf(i, i < 8 ? 1 : 1_000_000 + i));
    const rows = (term: number): Rows =>
      documents.slice(8 * term, 8 * term + 8).map(({ docLen }, i) => [8 * term + i, 1, docLen]);
    const lists = Array.from({ length: 1_000 }, (_, i): [string, Rows] => [
      String.fromCodePoint(0x4e00 + i),
      rows(i),
    ]);
    const alike = collect(
      documents,
      lists.map(([term, list]) => [term, postingsOf(list)] as const),
    );
    expect(Math.max(...sizesOf(alike, 'd/'))).toBeLessThanOrEqual(3_950);
    expect(readSegment(alike).lists).toEqual(lists);
  });

  it('tells the manifest what it wrote', () => {
    expect(entry).toEqual({
      id: SEGMENT,
      format: 6,
      docs: count,
      totalLen: entries.reduce((sum, { docLen }) => sum + docLen, 0),
      bytes: [...items.values()].reduce((sum, body) => sum + body.length, 0),
      isSingleItem: false,
      deleted: 0,
      deletions: '',
    });
  });

  it('reads back what it wrote, lists of many chunks too', () => {
    const lists = new Map(contentsOf(segment).lists());
    expect(lists.size).toBe(2_001);
    expect(rowsOf(lists.get('everywhere')!)).toEqual(everyDocument);
    expect(rowsOf(lists.get('rare2999')!)).toEqual(rare);
    expect(entriesOf(contentsOf(segment).documents())).toEqual(entries);
    for (const [docId, { imageId }] of entries.slice(0, 500).entries())
      expect(docIdsOf(segment, imageId)).toEqual([docId]);
  });

  it('refuses terms that do not ascend: no reader would find them', () => {
    const list = postingsOf([[0, 1, 1]]);
    for (const terms of [
      ['b', 'a'],
      ['a', 'a'],
      ['', 'a'],
      ['\u{1f431}', '\ufffd'],
    ]) {
      expect(() =>
        collect(
          [entryOf(0, 1)],
          terms.map((term) => [term, list]),
        ),
      ).toThrow(expect.objectContaining({ kind: 'internal', code: 'terms_unsorted' }));
    }
  });
});

describe('the form of a list', () => {
  /** A list of so many documents, with numbers of about so many bits, in a segment that is not whole. */
  const formOf = (length: number, bits: number) => {
    const documents = Array.from({ length: 1_000 }, (_, i) => entryOf(i, hashed(i) >>> (32 - bits)));
    const rows = documents
      .slice(0, length)
      .map(({ docLen }, i) => [i, 1 + (hashed(i + 7) >>> (32 - bits)), docLen] as const);
    const built = collect(documents, [['term', postingsOf(rows)]]);
    expect(readSegment(built).lists).toEqual([['term', rows]]);
    const entry = lookUp(built, 'term');
    expect(entry.docFreq).toBe(length);
    return 'chunks' in entry ? entry.chunks.firstDocIds.length : 0;
  };

  it('is inline up to 1,024 bytes, and chunks beyond', () => {
    for (const length of [1, 8, 9, 128, 129]) expect(formOf(length, 4)).toBe(0);
    // 31 bits of each number make eight bytes a posting.
    expect(formOf(126, 31)).toBe(0);
    expect(formOf(135, 31)).toBe(1);
    expect(formOf(1_000, 31)).toBeGreaterThan(1);
  });
});

describe('a small segment', () => {
  it('is one item, for as long as that is within a read', () => {
    const sizes = [1, 2, 20, 100, 120, 140, 160, 161].map((docs) => {
      const { items, entry } = segmentOf(Array.from({ length: docs }, (_, i) => ['cat', `w${i}`]));
      expect(entry.isSingleItem).toBe(items.has('w'));
      if (entry.isSingleItem) expect([...items.keys()]).toEqual(['w']);
      else expect([...new Set([...items.keys()].map((sk) => sk[0]))]).toEqual(['d', 'i', 'n']);
      return Math.max(...[...items.values()].map((body) => body.length));
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_900);
    expect(segmentOf([['cat']]).entry.isSingleItem).toBe(true);
    expect(segmentOf(Array.from({ length: 100 }, (_, i) => ['cat', `w${i}`])).entry.isSingleItem).toBe(true);
    expect(segmentOf(Array.from({ length: 161 }, () => [])).entry.isSingleItem).toBe(false);
  });

  it('may have no words at all', () => {
    const silent = segmentOf([[], []]);
    expect(silent.entry).toMatchObject({ docs: 2, totalLen: 0, isSingleItem: true });
    expect(readSegment(silent)).toEqual({ documents: [entryOf(0, 0), entryOf(1, 0)], lists: [] });
    const many = segmentOf(Array.from({ length: 161 }, () => []));
    expect(readSegment(many).lists).toEqual([]);
    expect(many.items.has('d/')).toBe(true);
  });
});

describe('SegmentContents', () => {
  const corrupt: unknown = expect.objectContaining({ kind: 'corrupt' });
  const whole = segmentOf([['cat'], ['dog']]);
  const parts = segmentOf(Array.from({ length: 300 }, (_, i) => ['cat', `word${i}`]));

  it('misses every item that is not there', () => {
    for (const { items, entry } of [whole, parts]) {
      for (const sk of items.keys()) {
        if (sk.startsWith('i/') || sk.startsWith('d/')) continue;
        const damaged = { entry, items: new Map([...items].filter(([key]) => key !== sk)) };
        expect(() => readSegment(damaged)).toThrow(corrupt);
      }
    }
  });

  it('is corrupt when it has another number of documents', () => {
    const read = ({ items, entry }: BuiltSegment, docs: number) =>
      contentsOf({ items, entry: { ...entry, docs } }).documents();
    expect(read(parts, 300).count).toBe(300);
    expect(read(whole, 2).count).toBe(2);
    for (const docs of [1, 159, 160, 299, 301, 331, 481]) {
      // 160 are what the first page has; then nothing says that there are more.
      if (docs !== 160) expect(() => read(parts, docs)).toThrow(corrupt);
    }
    for (const docs of [1, 3, 160]) expect(() => read(whole, docs)).toThrow(corrupt);
  });
});

it('a list with a document that the segment does not have is corrupt', () => {
  const documents = Array.from({ length: 200 }, (_, i) => entryOf(i, 5));
  // A short list and one of blocks.
  for (const length of [2, 20]) {
    const rows = (last: number) =>
      [...Array.from({ length }, (_, i) => i), last].map((i) => [i, 1, 5] as const);
    const read = (last: number) => readSegment(collect(documents, [['cat', postingsOf(rows(last))]])).lists;
    expect(read(199)).toEqual([['cat', rows(199)]]);
    expect(() => read(200)).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  }
});

describe('buckets of ids', () => {
  it('spread over all of the range', () => {
    const ids = Array.from({ length: 8_000 }, (_, i) => entryOf(i, 1).imageId);
    const buckets = bucketCount(ids.length, 2);
    expect(buckets).toBe(13);
    expect(new Set(ids.map((id) => bucketOf(idPrefixOf(id), buckets))).size).toBe(13);
    expect(bucketOf(idPrefixOf('f'.repeat(32) as ImageId), 13)).toBe(12);
    expect(bucketOf(idPrefixOf('0'.repeat(32) as ImageId), 13)).toBe(0);
    // The first of 13 parts ends at 2^32 / 13 = 330,382,099.7.
    expect([330_382_099, 330_382_100].map((prefix) => bucketOf(prefix, 13))).toEqual([0, 1]);
  });

  it('were smaller in version 1', () => {
    expect([1, 160, 161, 8_000].map((docs) => bucketCount(docs, 1))).toEqual([1, 1, 2, 50]);
    expect([1, 640, 641, 8_000].map((docs) => bucketCount(docs, 2))).toEqual([1, 1, 2, 13]);
  });

  it('have an item each, empty ones too', () => {
    // 641 documents of images that all fall into the first of two buckets.
    const documents = Array.from({ length: 641 }, (_, i) => ({
      ...entryOf(i, 1),
      imageId: i.toString(16).padStart(8, '0').padEnd(32, 'f') as ImageId,
    }));
    const { items, entry } = collect(documents, []);
    expect([...items.keys()].filter((sk) => sk.startsWith('i/'))).toEqual(['i/00000000', 'i/00000001']);
    expect(docIdsOf({ items, entry }, documents[640]!.imageId)).toEqual([640]);
    expect(docIdsOf({ items, entry }, 'f'.repeat(32) as ImageId)).toEqual([]);
  });
});
