import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import type { SegmentEntry } from '../../lib/index/segment/manifest.ts';
import { mergeDocuments, mergeLists } from '../../lib/index/write/merge.ts';
import { collect, contentsOf, countRows, entriesOf, readSegment, segmentOf } from '../support/segments.ts';

/** A segment of version 5 whose classes stand before its words, as the code of that version wrote it. */
const golden = JSON.parse(readFileSync(new URL('segment-v5-classes.json', import.meta.url), 'utf8')) as {
  readonly entry: SegmentEntry;
  readonly items: Readonly<Record<string, string>>;
};
const old = {
  entry: golden.entry,
  items: new Map(
    Object.entries(golden.items).map(([sk, hex]) => [sk, new Uint8Array(Buffer.from(hex, 'hex'))]),
  ),
};
/** What it was written of, one document a line. */
const documents = Array.from({ length: 60 }, (_, i) => [
  'dog',
  '=dog',
  ...(i % 3 === 0 ? ['cat'] : ['dog house', '=house']),
  `rare${i}`,
  ...(i % 50 === 0 ? ['=cat', '=cat!'] : []),
]);

it('classes of version 5 are read', () => {
  expect(new Map(readSegment(old).lists)).toEqual(countRows(documents));
});

it('and are merged behind their names', () => {
  const others = Array.from({ length: 40 }, (_, i) => ['dog', '=dog', '=zebra', 'zebra', `other${i}`]);
  const young = segmentOf(others, 60);
  const sources = [old, young].map((segment) => ({
    contents: contentsOf(segment),
    docs: segment.entry.docs,
    deletions: Deletions.none(segment.entry.docs),
  }));
  const merge = mergeDocuments(sources);
  const merged = collect(entriesOf(merge.documents), mergeLists(sources, merge.maps, merge.documents));
  expect(merged.entry.format).toBe(6);
  const docFreqs = readSegment(merged).lists.map(([term, rows]) => [term, rows.length] as const);
  const names = docFreqs.map(([term]) => term).filter((term) => !/^(?:rare|other)/.test(term));
  expect(names).toEqual(['cat', '=cat', '=cat!', 'dog', '=dog', 'dog house', '=house', 'zebra', '=zebra']);
  const counted = new Map(
    Array.from(countRows([...documents, ...others]), ([term, rows]) => [term, rows.length]),
  );
  expect(new Map(docFreqs)).toEqual(counted);
});
