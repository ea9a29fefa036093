import { describe, expect, it } from 'vitest';
import type { SegmentId } from '../../../lib/domain/ids.ts';
import { decodeDirectory, encodeDirectory, type WrittenEntry } from '../../../lib/index/segment/directory.ts';
import type { ChunkedList, DirectoryEntry } from '../../../lib/index/segment/directory-entry.ts';
import { encodeDocuments, decodeDocuments } from '../../../lib/index/segment/document-pages.ts';
import { encodeIds, readBucket } from '../../../lib/index/segment/image-map.ts';
import { checkIndex, type CheckIndexDeps } from '../../../lib/steps/index/check-index.ts';
import { honestIndex, MANIFEST, openChanged, TENANT, type Change } from './honest-index.ts';

/** What only the whole index shows. Each lie is one that no search sees, since it needs no more than it reads. */

const honest = honestIndex();
const PARTS = 'v6-parts' as SegmentId;
const CHUNKED = 'v6-chunked' as SegmentId;
const entryOf = (id: SegmentId) => honest.segments.find((segment) => segment.id === id)!;
const bodyOf = (id: SegmentId, sk: string) => honest.items.get(id)!.get(sk)!;

async function found(changes: readonly Change[], more: Partial<CheckIndexDeps> = {}): Promise<string[]> {
  const all: string[] = [];
  const deps = { ...openChanged(honest, changes), ...more };
  for await (const { segmentId = '', sk = '', what } of checkIndex(deps, TENANT))
    all.push(`${segmentId} ${sk}: ${what}`);
  return all;
}

/** The directory of the chunked segment with another entry for its long list. */
function withList(change: (list: ChunkedList) => ChunkedList): Change {
  const directory = decodeDirectory(bodyOf(CHUNKED, 'd/'), { segmentId: CHUNKED, sk: 'd/' });
  const written = directory.terms.map((term): WrittenEntry => {
    const entry: DirectoryEntry = directory.entry(term)!;
    if ('chunks' in entry) return { term, ...change(entry) };
    if (!('postings' in entry) || entry.docFreq > 8) throw new Error(`an inline list: ${term}`);
    return { term, short: entry.postings };
  });
  return { segmentId: CHUNKED, sk: 'd/', body: encodeDirectory(written, directory.upTo) };
}

describe('the check of an index', () => {
  it('finds nothing in one that tells the truth', async () => {
    expect(await found([])).toEqual([]);
  });

  it('finds segments that nobody names, and takes the result of a merge under way for none', async () => {
    const storedSegments = [...honest.items.keys(), 'left-1' as SegmentId, 'result-1' as SegmentId];
    const manifest = JSON.parse(honest.manifest) as { merges: unknown[] };
    manifest.merges.push(['result-1', 1, [PARTS], []]);
    const change = {
      segmentId: MANIFEST,
      sk: MANIFEST,
      body: Buffer.from(JSON.stringify(manifest)),
    } as const;
    expect(await found([change], { storedSegments })).toEqual([
      'left-1 : no manifest names this segment: it waits to be dropped, or was left',
    ]);
  });

  it('finds a manifest that cannot be, and one that counts otherwise', async () => {
    const change = (from: string, to: string): Change => {
      expect(honest.manifest).toContain(from);
      return { segmentId: MANIFEST, sk: MANIFEST, body: Buffer.from(honest.manifest.replace(from, to)) };
    };
    expect(await found([change('"v6-parts"', '"v6-whole"')])).toEqual([
      ' manifest: manifest version 1 cannot be read: segment v6-whole: it has no name of its own',
    ]);
    expect(await found([change('"v6-parts"', '"v6-other"')])).toEqual([
      'v6-other : the manifest names it and it has no items',
    ]);
    const { totalLen, bytes } = entryOf(PARTS);
    expect(await found([change(`${totalLen},${bytes}`, `${totalLen},${bytes + 1}`)])).toEqual([
      `v6-parts : its items have ${bytes} bytes where the manifest says ${bytes + 1}`,
    ]);
    const [words] = await found([change(`${totalLen},${bytes}`, `${totalLen + 1},${bytes}`)]);
    expect(words).toContain(`documents of ${totalLen} words where ${totalLen + 1} belong`);
  });

  it('finds a document with an image that another one has, and a map that leaves one out', async () => {
    const sk = 'n/00000000';
    const page = decodeDocuments(bodyOf(PARTS, sk), { segmentId: PARTS, sk });
    const twice = page.map((entry, i) => (i === 4 ? { ...entry, imageId: page[3]!.imageId } : entry));
    const lies = await found([{ segmentId: PARTS, sk, body: encodeDocuments(twice) }]);
    expect(lies.some((lie) => lie.includes(`image ${page[3]!.imageId} has two documents`))).toBe(true);

    const map = 'i/00000000';
    const ids = readBucket(bodyOf(PARTS, map), { segmentId: PARTS, sk: map }, entryOf(PARTS), 0);
    const fewer = encodeIds({ idPrefixes: ids.idPrefixes.slice(1), docIds: ids.docIds.slice(1) });
    const { docs } = entryOf(PARTS);
    expect(await found([{ segmentId: PARTS, sk: map, body: fewer }])).toContain(
      `v6-parts : the image map has ${docs - 1} of ${docs} documents`,
    );
  });

  it('finds impacts that do not bound, top postings that are not the best, and images that are not theirs', async () => {
    const impacts = withList((list) => ({
      ...list,
      topPostings: {
        ...list.topPostings,
        others: list.topPostings.others.map((impact) => ({ ...impact, minDocLen: impact.minDocLen + 1 })),
      },
    }));
    const one = await found([impacts]);
    expect(one.join()).toMatch(/above every impact|bounds chunk/);

    const fewer = withList((list) => {
      const { postings, images } = list.topPostings;
      const without = (values: Uint32Array) => values.slice(1);
      const rest = {
        docIds: without(postings.docIds),
        placedFreqs: without(postings.placedFreqs),
        docLens: without(postings.docLens),
      };
      const best = { maxPlacedFreq: postings.placedFreqs[0]!, minDocLen: 0 };
      return { ...list, topPostings: { postings: rest, images: images.slice(1), others: [best] } };
    });
    expect((await found([fewer])).join()).toMatch(/not the best ones/);

    const swapped = withList((list) => ({
      ...list,
      topPostings: { ...list.topPostings, images: list.topPostings.images.toReversed() },
    }));
    expect((await found([swapped])).join()).toMatch(/is not of image/);
  });

  it('finds items that nothing leads to', async () => {
    const stray = { segmentId: PARTS, sk: 'c/00000000/woak', body: bodyOf(CHUNKED, 'c/00000000/everywhere') };
    expect((await found([stray])).join()).toMatch(/c\/00000000\/woak: nothing leads to this item/);
  });
});
