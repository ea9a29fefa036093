import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deletions } from '../../lib/segment/deletions.ts';
import { decodeDirectory } from '../../lib/segment/directory.ts';
import { bucketCount, bucketOf, decodeIds } from '../../lib/segment/ids.ts';
import { mergeDocuments, mergeLists } from '../../lib/segment/merge.ts';
import { SegmentContents } from '../../lib/segment/segment-contents.ts';
import { idsKey } from '../../lib/segment/sort-keys.ts';
import { collect, countRows, entryOf, rowsOf, SEGMENT, segmentOf, type Words } from '../segments.ts';

const word = fc.oneof(
  fc.constantFrom('cat', 'dog', 'car', 'cart', 'care'),
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '猫', '\uFFEE', '𠀀'), minLength: 1, maxLength: 3 }),
);
const words = fc.array(word, { maxLength: 12 });
const batch = fc.array(words, { minLength: 1, maxLength: 30 });

const inByteOrder = (terms: Iterable<string>) =>
  [...terms].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

describe('a segment', () => {
  it('holds the lists, documents and ids that it was made of', () => {
    fc.assert(
      fc.property(batch, (documents) => {
        const { items, entry } = segmentOf(documents);
        const contents = new SegmentContents(SEGMENT, items);
        const expected = countRows(documents);
        const lists = [...contents.lists()];
        expect(lists.map(([term]) => term)).toEqual(inByteOrder(expected.keys()));
        for (const [term, list] of lists) expect(rowsOf(list)).toEqual(expected.get(term));

        const entries = documents.map(({ length }, docId) => entryOf(docId, length));
        expect(contents.documents(entry.docs)).toEqual(entries);
        for (const [docId, { imageId }] of entries.entries()) {
          const sk = idsKey(bucketOf(imageId, bucketCount(entry.docs)));
          expect(decodeIds(items.get(sk)!, { segmentId: SEGMENT, sk }).get(imageId)).toBe(docId);
        }
      }),
    );
  });

  it('has every term in the directory item with the greatest first term that is not above it', () => {
    // Long terms fill many directory items.
    const documents = Array.from({ length: 40 }, (_, i) =>
      Array.from(
        { length: 30 },
        (_, j) => `${String.fromCodePoint(0x61 + ((i * 7 + j) % 26))}${'猫'.repeat(j)}${i % 5}`,
      ),
    );
    const { items } = segmentOf(documents);
    const directories = [...items].filter(([sk]) => sk.startsWith('d/'));
    expect(directories.length).toBeGreaterThan(5);
    for (const term of countRows(documents).keys()) {
      const bytes = Buffer.from(`d/${term}`);
      const [sk, body] = directories.findLast(([key]) => Buffer.compare(Buffer.from(key), bytes) <= 0)!;
      expect(decodeDirectory(body, { segmentId: SEGMENT, sk }).entries.has(term)).toBe(true);
    }
  });
});

describe('merging', () => {
  it('gives the segment that the surviving documents would have made', () => {
    const source = fc.tuple(batch, fc.array(fc.nat({ max: 29 }), { maxLength: 15 }));
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 5 }), (sources) => {
        let first = 0;
        const survivors: { number: number; words: Words }[] = [];
        const toMerge = sources.map(([documents, dropped]) => {
          const deleted = new Set(dropped.filter((docId) => docId < documents.length));
          const { items } = segmentOf(documents, first);
          documents.forEach((words, docId) => {
            if (!deleted.has(docId)) survivors.push({ number: first + docId, words });
          });
          first += documents.length;
          return {
            contents: new SegmentContents(SEGMENT, items),
            docs: documents.length,
            deletions: Deletions.none(documents.length).with(deleted),
          };
        });
        const { documents, maps } = mergeDocuments(toMerge);
        expect(documents).toEqual(survivors.map(({ number, words }) => entryOf(number, words.length)));

        const lists = [...mergeLists(toMerge, maps)];
        const expected = countRows(survivors.map(({ words }) => words));
        expect(lists.map(([term]) => term)).toEqual(inByteOrder(expected.keys()));
        for (const [term, list] of lists) expect(rowsOf(list)).toEqual(expected.get(term));
        if (documents.length > 0) expect(collect(documents, lists).entry.docs).toBe(survivors.length);
      }),
    );
  });
});
