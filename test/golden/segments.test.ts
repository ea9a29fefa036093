import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import { decodeDirectory } from '../../lib/index/segment/directory.ts';
import type { ChunkedList, DirectoryEntry } from '../../lib/index/segment/directory-entry.ts';
import { decodeManifest } from '../../lib/index/segment/manifest.ts';
import { deletionsKey } from '../../lib/index/segment/sort-keys.ts';
import { placesOf } from '../../lib/index/postings/places.ts';
import { SegmentContents } from '../../lib/index/segment/segment-contents.ts';
import { docIdsOf, readSegment, rowsOf, SEGMENT } from '../support/segments.ts';
import { EARLIEST, earlinessOf, termFreqOf } from '../../lib/rank/placed-freq.ts';
import { listsIn, placesIn, SOURCES, write, type GoldenName, type SegmentGolden } from './segment-sources.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
type Golden = Record<GoldenName, SegmentGolden>;
const VERSIONS = [2, 3, 4, 5, 6].map((version): [number, Golden] => [
  version,
  JSON.parse(read(`segment-v${version}.json`)) as Golden,
]);
const current = VERSIONS.at(-1)![1];
const names = Object.keys(SOURCES) as GoldenName[];

const itemsOf = (golden: SegmentGolden) =>
  new Map(Object.entries(golden.items).map(([sk, hex]) => [sk, new Uint8Array(Buffer.from(hex, 'hex'))]));
const kindsOf = (golden: SegmentGolden) => {
  const counts: Record<string, number> = {};
  for (const sk of Object.keys(golden.items)) counts[sk[0]!] = (counts[sk[0]!] ?? 0) + 1;
  return counts;
};
const entryOfTerm = (golden: SegmentGolden, term: string): DirectoryEntry =>
  [...itemsOf(golden)]
    .filter(([sk]) => sk.startsWith('d/'))
    .map(([sk, body]) => decodeDirectory(body, { segmentId: SEGMENT, sk }).entry(term))
    .find((entry) => entry !== undefined)!;

describe('a manifest of format version 2', () => {
  it('may have claims of merges that do not say what was deleted', () => {
    const body = '{"format":2,"segments":[],"merges":[["segment-2",1790000000000,["segment-1"]]]}';
    expect(decodeManifest(1, body).merges).toEqual([
      { result: 'segment-2', sources: ['segment-1'], deletions: [], expiresAtMs: 1_790_000_000_000 },
    ]);
  });
});

describe.each(
  VERSIONS.flatMap(([version, golden]) => names.map((name) => [name, version, golden[name]] as const)),
)('the %s segment of format version %i', (name, version, golden) => {
  const source = SOURCES[name];
  const items = itemsOf(golden);
  const { segments, merges } = decodeManifest(1, golden.manifest);
  const entry = segments[0]!;

  it('is listed by its manifest', () => {
    const segmentItems = [...items].filter(([sk]) => !sk.startsWith('x/'));
    expect(entry).toEqual({
      id: SEGMENT,
      format: version,
      docs: source.documents.length,
      totalLen: source.documents.reduce((sum, { docLen }) => sum + docLen, 0),
      bytes: segmentItems.reduce((sum, [, body]) => sum + body.length, 0),
      isSingleItem: name === 'small',
      deleted: source.deleted.length,
      deletions: '0123456789abcdef',
    });
    expect(segments).toHaveLength(1);
    expect(merges).toEqual(source.merges);
  });

  it('is read as what was written', () => {
    expect(readSegment({ items, entry })).toEqual({
      documents: source.documents,
      lists: listsIn(source, version),
    });
    const sk = deletionsKey(entry.deletions);
    const deletions = Deletions.decode(items.get(sk)!, entry, { segmentId: SEGMENT, sk });
    expect([...deletions.docIds()]).toEqual(source.deleted);
  });

  it('says where words stand, from version 5 on', () => {
    const lists = new SegmentContents(entry, items).lists({ withPlaces: true });
    const rows = new Map(listsIn(source, version));
    for (const [term, { docIds, places }] of lists) {
      expect(places !== undefined).toBe(version >= 5 && !term.startsWith('='));
      if (places)
        expect(Array.from(docIds, (_, i) => [...placesOf(places, i)])).toEqual(rows.get(term)!.map(placesIn));
    }
  });

  it('knows where each image may be', () => {
    if (entry.isSingleItem) return;
    const docIdsByPrefix = Map.groupBy(source.documents.keys(), (docId) =>
      source.documents[docId]!.imageId.slice(0, 8),
    );
    for (const { imageId } of source.documents) {
      expect(docIdsOf({ items, entry }, imageId)).toEqual(docIdsByPrefix.get(imageId.slice(0, 8)));
    }
  });
});

it.each(names)('the %s segment is written byte for byte as before', (name) => {
  expect(write(SOURCES[name])).toEqual(current[name]);
});

describe.each(VERSIONS)('the segments of format version %i', (version, golden) => {
  it('have every kind of item', () => {
    expect(kindsOf(golden.small)).toEqual({ w: 1, x: 1 });
    expect(kindsOf(golden.parts)).toEqual({ d: version === 5 ? 3 : 2, n: 5, i: 2, x: 1 });
    expect(kindsOf(golden.chunked)).toEqual({
      d: 1,
      c: version < 6 ? 2 : 4,
      ...(version >= 5 && { p: 2 }),
      n: 19,
      i: 5,
      x: 1,
    });
    expect(kindsOf(golden.unordered)).toEqual({ d: 1, n: 2, i: 1, x: 1 });
  });

  it('have a long list whose entry tells its chunks, its best postings and a bound for the others', () => {
    const { docFreq, chunks, topPostings } = entryOfTerm(golden.chunked, 'everywhere') as ChunkedList;
    const [, rows] = listsIn(SOURCES.chunked, version)[0]!;
    const { documents } = SOURCES.chunked;
    expect(docFreq).toBe(rows.length);

    expect(chunks.firstDocIds[0]).toBe(rows[0]![0]);
    expect(chunks.lastDocId).toBe(rows.at(-1)![0]);
    const starts = Array.from(chunks.firstDocIds, (docId) => rows.findIndex(([of]) => of === docId));
    starts.forEach((start, i) => {
      const run = rows.slice(start, starts[i + 1]);
      expect(chunks.maxPlacedFreqs[i]).toBe(Math.max(...run.map(([, placedFreq]) => placedFreq)));
      expect(chunks.minDocLens[i]).toBe(Math.min(...run.map(([, , docLen]) => docLen)));
    });

    const avgDocLen = documents.reduce((sum, { docLen }) => sum + docLen, 0) / documents.length;
    const scoreOf = (placedFreq: number, len: number) => {
      const tf = (termFreqOf(placedFreq) * earlinessOf(placedFreq)) / EARLIEST;
      return (tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * len) / avgDocLen));
    };
    const sorted = rows.toSorted((a, b) => scoreOf(b[1], b[2]) - scoreOf(a[1], a[2]) || a[0] - b[0]);
    expect(rowsOf(topPostings.postings)).toEqual(sorted.slice(0, 64));
    // Before version 4 they name ids without states, which are passed over.
    const named = sorted.slice(0, version < 4 ? 0 : 20).map(([docId]) => documents[docId]!);
    expect(topPostings.images).toEqual(named.map(({ imageId, sequencer }) => ({ imageId, sequencer })));
    expect(topPostings.others.length).toBeGreaterThan(1);
    for (const [, placedFreq, docLen] of sorted.slice(64)) {
      expect(
        topPostings.others.some((corner) => corner.maxPlacedFreq >= placedFreq && corner.minDocLen <= docLen),
      ).toBe(true);
    }
  });
});

describe('FORMAT.md', () => {
  const page = read('../../lib/index/FORMAT.md');

  it('shows the bytes of the small segment', () => {
    const blocks = page.matchAll(/^```text item (\S+)\n([^`]*)^```$/gm);
    const shown = Array.from(blocks, ([, sk, lines]) => [
      sk,
      lines!
        .split('\n')
        .map((line) => /^((?:[0-9a-f]{2} ?)+)(?: |$)/.exec(line)?.[1]?.replaceAll(' ', '') ?? '')
        .join(''),
    ]);
    expect(Object.fromEntries(shown)).toEqual(current.small.items);
  });

  it('shows its manifest', () => {
    expect(page).toContain(current.small.manifest);
  });
});
