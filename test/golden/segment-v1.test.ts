import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ImageId } from '../../lib/domain/ids.ts';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import { decodeManifest } from '../../lib/index/segment/manifest.ts';
import { unplaced } from '../../lib/rank/placed-freq.ts';
import { deletionsKey } from '../../lib/index/segment/sort-keys.ts';
import { mergeDocuments, mergeLists } from '../../lib/index/write/merge.ts';
import {
  collect,
  contentsOf,
  docIdsOf,
  entriesOf,
  entryOf,
  readSegment,
  SEGMENT,
  segmentOf,
  type Rows,
} from '../support/segments.ts';

/**
 * A segment of format version 1: what it is of, and the bytes of every item in hex. Nothing writes that version any
 * more; the file was made by the code that did (commit 55e84bd) and stays as it is.
 */
interface SegmentGoldenV1 {
  readonly documents: readonly { imageId: ImageId; sequencer: string; docLen: number }[];
  readonly lists: readonly (readonly [term: string, rows: Rows])[];
  readonly deleted: readonly number[];
  readonly manifest: string;
  readonly items: Readonly<Record<string, string>>;
}

const golden = JSON.parse(readFileSync(new URL('segment-v1.json', import.meta.url), 'utf8')) as Record<
  'small' | 'large',
  SegmentGoldenV1
>;

/** The lists as a reader has them: every mention counts in full. */
const placed = (lists: SegmentGoldenV1['lists']) =>
  lists.map(([term, rows]) => [
    term,
    rows.map(([docId, termFreq, docLen]) => [docId, unplaced(termFreq), docLen]),
  ]);

it('the segments of format version 1 have every kind of item', () => {
  const keys = [...Object.keys(golden.small.items), ...Object.keys(golden.large.items)];
  for (const kind of ['d/', 'c/', 'n/', 'i/', 'x/'])
    expect(keys.some((sk) => sk.startsWith(kind))).toBe(true);
});

describe.each(Object.entries(golden))('the %s segment of format version 1', (_, segment) => {
  const items = new Map(
    Object.entries(segment.items).map(([sk, hex]) => [sk, new Uint8Array(Buffer.from(hex, 'hex'))]),
  );
  const { segments, merges } = decodeManifest(1, segment.manifest);
  const entry = segments[0]!;

  it('is listed by its manifest', () => {
    const names = JSON.parse(segment.manifest) as { segments: [Record<string, unknown>] };
    expect(segments).toEqual([{ ...names.segments[0], format: 1, isSingleItem: false }]);
    expect(merges).toEqual([]);
    expect([entry.docs, entry.deleted]).toEqual([segment.documents.length, segment.deleted.length]);
    expect(entry.totalLen).toBe(segment.documents.reduce((sum, { docLen }) => sum + docLen, 0));
  });

  it('is read as what was written', () => {
    expect(readSegment({ items, entry })).toEqual({
      documents: segment.documents,
      lists: placed(segment.lists),
    });
  });

  it('knows where each image is, and which ones it does not have', () => {
    for (const [docId, { imageId }] of segment.documents.entries()) {
      expect(docIdsOf({ items, entry }, imageId)).toEqual([docId]);
      // Whole ids are compared, as the bucket has them.
      const other = `${imageId.slice(0, -1)}${imageId.endsWith('0') ? '1' : '0'}` as ImageId;
      expect(docIdsOf({ items, entry }, other)).toEqual([]);
    }
  });

  it('has its deletions', () => {
    const sk = deletionsKey(entry.deletions);
    const deletions = Deletions.decode(items.get(sk)!, entry, { segmentId: SEGMENT, sk });
    expect([...deletions.docIds()]).toEqual(segment.deleted);
  });
});

it('segments of format version 1 are merged into one of this version', () => {
  const { documents, lists, deleted, items: hex, manifest } = golden.small;
  const items = new Map(
    Object.entries(hex).map(([sk, text]) => [sk, new Uint8Array(Buffer.from(text, 'hex'))]),
  );
  const old = { items, entry: decodeManifest(1, manifest).segments[0]! };
  const young = segmentOf([['cart', 'dog', 'dog', 'dog', 'dog']], 7);
  const sources = [
    { contents: contentsOf(old), docs: 3, deletions: Deletions.none(3).with(deleted) },
    { contents: contentsOf(young), docs: 1, deletions: Deletions.none(1) },
  ];
  const merge = mergeDocuments(sources);
  const merged = collect(entriesOf(merge.documents), mergeLists(sources, merge.maps, merge.documents));
  expect(lists.map(([term]) => term)).toEqual(['car', 'cart', '猫']);
  expect(merged.entry).toMatchObject({ format: 6, docs: 3, totalLen: 309 });
  // The second of the old ones is deleted; the young one is longer than the first and shorter than the third.
  expect(readSegment(merged)).toEqual({
    documents: [documents[0], entryOf(7, 5), documents[2]],
    lists: placed([
      [
        'car',
        [
          [0, 1, 4],
          [2, 1, 300],
        ],
      ],
      ['cart', [[1, 1, 5]]],
      ['dog', [[1, 4, 5]]],
      ['猫', [[2, 2, 300]]],
    ]),
  });
});

it('a document of version 1 that is longer than a length of this version can be merged, and read again', () => {
  const { documents, items: hex, manifest } = golden.large;
  const items = new Map(
    Object.entries(hex).map(([sk, text]) => [sk, new Uint8Array(Buffer.from(text, 'hex'))]),
  );
  const contents = contentsOf({ items, entry: decodeManifest(1, manifest).segments[0]! });
  expect(Math.max(...documents.map(({ docLen }) => docLen))).toBeGreaterThan(2 ** 31);
  const sources = [{ contents, docs: documents.length, deletions: Deletions.none(documents.length) }];
  const merge = mergeDocuments(sources);
  const written = collect(entriesOf(merge.documents), mergeLists(sources, merge.maps, merge.documents));
  const lengths = readSegment(written).documents.map(({ docLen }) => docLen);
  expect(lengths.toSorted((a, b) => a - b)).toEqual(
    documents.map(({ docLen }) => Math.min(docLen, 2 ** 31 - 1)).toSorted((a, b) => a - b),
  );
});
