import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import { decodeDirectory } from '../../lib/index/segment/directory.ts';
import { mergeDocuments, mergeLists } from '../../lib/index/write/merge.ts';
import {
  collect,
  contentsOf,
  countRows,
  docIdsOf,
  entriesOf,
  entryOf,
  readSegment,
  rowsOf,
  SEGMENT,
  segmentOf,
  type Words,
} from '../support/segments.ts';
import { randomOf } from '../support/random.ts';

const word = fc.oneof(
  fc.constantFrom('cat', 'dog', 'car', 'cart', 'care'),
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '猫', '\uFFEE', '𠀀'), minLength: 1, maxLength: 3 }),
);
const words = fc.array(word, { maxLength: 12 });
const batch = fc.array(words, { minLength: 1, maxLength: 30 });
/** Too many for one item; a word that is in all of them, often, has a long list. */
const largeBatch = fc
  .array(fc.tuple(words, fc.integer({ min: 1, max: 900 })), { minLength: 200, maxLength: 300, size: 'max' })
  .map((all) => all.map(([some, times]) => [...some, ...Array<string>(times).fill('everywhere')]));

const inByteOrder = (terms: Iterable<string>) =>
  [...terms].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
/** What the lists of a segment of these documents are, counted by plain loops. */
const listsOf = (documents: readonly Words[]) => {
  const rows = countRows(documents);
  return inByteOrder(rows.keys()).map((term) => [term, rows.get(term)!]);
};

describe('a segment', () => {
  it('holds the lists and documents that it was made of', () => {
    fc.assert(
      fc.property(batch, (documents) => {
        const segment = segmentOf(documents);
        expect([...segment.items.keys()]).toEqual(['w']);
        expect(readSegment(segment)).toEqual({
          documents: documents.map(({ length }, docId) => entryOf(docId, length)),
          lists: listsOf(documents),
        });
      }),
    );
  });

  it('holds them where it takes several items too, and where each image may be', () => {
    fc.assert(
      fc.property(largeBatch, (documents) => {
        const segment = segmentOf(documents);
        expect(segment.items.has('w')).toBe(false);
        const entries = documents.map(({ length }, docId) => entryOf(docId, length));
        expect(readSegment(segment)).toEqual({ documents: entries, lists: listsOf(documents) });
        for (const [docId, { imageId }] of entries.entries())
          expect(docIdsOf(segment, imageId)).toEqual([docId]);
        expect(docIdsOf(segment, entryOf(documents.length, 0).imageId)).toEqual([]);
      }),
      { numRuns: 15 },
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
    expect(directories.length).toBeGreaterThanOrEqual(3);
    for (const term of countRows(documents).keys()) {
      const bytes = Buffer.from(`d/${term}`);
      const [sk, body] = directories.findLast(([key]) => Buffer.compare(Buffer.from(key), bytes) <= 0)!;
      expect(decodeDirectory(body, { segmentId: SEGMENT, sk }).entry(term)).toBeDefined();
    }
  });
});

describe('merging', () => {
  const sourcesOf = (batches: readonly (readonly [documents: Words[], dropped: readonly number[]])[]) => {
    let first = 0;
    const survivors: { number: number; source: number; docId: number; words: Words }[] = [];
    const sources = batches.map(([documents, dropped], source) => {
      const deleted = new Set(dropped.filter((docId) => docId < documents.length));
      const contents = contentsOf(segmentOf(documents, first));
      documents.forEach((words, docId) => {
        if (!deleted.has(docId)) survivors.push({ number: first + docId, source, docId, words });
      });
      first += documents.length;
      return { contents, docs: documents.length, deletions: Deletions.none(documents.length).with(deleted) };
    });
    // Array.sort is stable: equal lengths stay in the order of their sources.
    return { sources, survivors: survivors.sort((a, b) => a.words.length - b.words.length) };
  };

  it('gives the surviving documents with their words, by length and then as they came', () => {
    const source = fc.tuple(batch, fc.array(fc.nat({ max: 29 }), { maxLength: 15 }));
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 5 }), (batches) => {
        const { sources, survivors } = sourcesOf(batches);
        const { documents, maps } = mergeDocuments(sources);
        const entries = survivors.map(({ number, words }) => entryOf(number, words.length));
        expect(entriesOf(documents)).toEqual(entries);

        const expectedMaps = batches.map(([{ length }]) => Array<number>(length).fill(-1));
        survivors.forEach(({ source, docId }, newDocId) => (expectedMaps[source]![docId] = newDocId));
        expect(maps.map((map) => [...map])).toEqual(expectedMaps);

        const lists = listsOf(survivors.map(({ words }) => words));
        const merged = [...mergeLists(sources, maps, documents)];
        expect(merged.map(([term, list]) => [term, rowsOf(list)])).toEqual(lists);
        if (entries.length > 0) {
          expect(readSegment(collect(entriesOf(documents), merged))).toEqual({ documents: entries, lists });
        }
      }),
    );
  });

  it('gives them where lists are long and sparse ones among them', () => {
    // Of 700 documents a list of fewer than 11 is sorted, a longer one is counted off.
    const of = (start: number) =>
      Array.from({ length: 350 }, (_, i): Words => {
        const number = start + i;
        return [
          ...Array<string>(1 + ((number * 7_919) % 23)).fill('everywhere'),
          ...(number % 60 === 0 ? ['ten', 'ten'] : []),
          ...(number % 65 === 0 ? ['eleven'] : []),
          `word${number % 300}`,
        ];
      });
    const { sources, survivors } = sourcesOf([
      [of(0), [0, 1, 349]],
      [of(350), [7]],
    ]);
    const { documents, maps } = mergeDocuments(sources);
    const merged = collect(entriesOf(documents), mergeLists(sources, maps, documents));
    expect(readSegment(merged)).toEqual({
      documents: survivors.map(({ number, words }) => entryOf(number, words.length)),
      lists: listsOf(survivors.map(({ words }) => words)),
    });
  });

  it('of many documents puts like ones together, by length within each cluster, and loses none', () => {
    // Three quarters of two of the sizes that clusters have: two clusters.
    const count = 49_152;
    const random = randomOf(1);
    const documents = Array.from({ length: count }, (_, i): Words => {
      const topic = i % 2 === 0 ? 'sea' : 'city';
      return Array.from({ length: 2 + random.below(5) }, () => `${topic}${random.below(40)}`);
    });
    const { sources, survivors } = sourcesOf([[documents, [5, 6]]]);
    const merge = mergeDocuments(sources);
    const order = Array.from(merge.documents.docLens.keys());
    const docIdOf = merge.maps[0]!;
    expect(merge.documents.count).toBe(count - 2);
    const byDocId = new Map(survivors.map(({ number, words }) => [docIdOf[number]!, { number, words }]));
    expect([...byDocId.keys()].sort((a, b) => a - b)).toEqual(order);

    // Lengths ascend but for once, between the clusters; each of which is of one topic.
    const { docLens } = merge.documents;
    const falls = order.filter((docId) => docId > 0 && docLens[docId]! < docLens[docId - 1]!);
    expect(falls).toEqual([(count - 2) / 2]);
    const seas = order.filter((docId) => byDocId.get(docId)!.words[0]!.startsWith('sea'));
    expect(new Set(seas.map((docId) => docId < falls[0]!)).size).toBe(1);

    for (const [docId, { number, words }] of byDocId) {
      if (docId % 97 === 0) expect(merge.documents.at(docId)).toEqual(entryOf(number, words.length));
    }
    const expected = countRows(order.map((docId) => byDocId.get(docId)!.words));
    for (const [term, list] of mergeLists(sources, merge.maps, merge.documents)) {
      expect(rowsOf(list)).toEqual(expected.get(term));
      expected.delete(term);
    }
    expect(expected.size).toBe(0);
  });
});
