import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Deletions } from '../../lib/segment/deletions.ts';
import { bucketCount, bucketOf, decodeIds } from '../../lib/segment/ids.ts';
import { decodeManifest } from '../../lib/segment/manifest.ts';
import { SegmentContents } from '../../lib/segment/segment-contents.ts';
import { deletionsKey, idsKey } from '../../lib/segment/sort-keys.ts';
import { rowsOf, SEGMENT } from '../segments.ts';
import { write, type SegmentGolden } from './segment-v1.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const golden = JSON.parse(read('segment-v1.json')) as Record<'small' | 'large', SegmentGolden>;

describe.each(Object.entries(golden))('the %s segment of format version 1', (_, segment) => {
  const items = new Map(
    Object.entries(segment.items).map(([sk, hex]) => [sk, new Uint8Array(Buffer.from(hex, 'hex'))]),
  );
  const manifest = decodeManifest(1, segment.manifest);
  const entry = manifest.segments[0]!;

  it('is read as what was written', () => {
    const contents = new SegmentContents(SEGMENT, items);
    expect(contents.documents(entry.docs)).toEqual(segment.documents);
    expect(Array.from(contents.lists(), ([term, list]) => [term, rowsOf(list)])).toEqual(segment.lists);
    segment.documents.forEach(({ imageId }, docId) => {
      const sk = idsKey(bucketOf(imageId as Parameters<typeof bucketOf>[0], bucketCount(entry.docs)));
      const ids = decodeIds(items.get(sk)!, { segmentId: SEGMENT, sk });
      expect(new Map<string, number>(ids).get(imageId)).toBe(docId);
    });
    const sk = deletionsKey(entry.deletions);
    const deletions = Deletions.decode(items.get(sk)!, entry.docs, { segmentId: SEGMENT, sk });
    expect([...deletions.docIds()]).toEqual(segment.deleted);
    expect([entry.docs, entry.deleted]).toEqual([segment.documents.length, segment.deleted.length]);
  });

  it('is written byte for byte as before', () => {
    expect(write(segment)).toEqual(segment);
  });
});

describe('FORMAT.md', () => {
  it('shows the bytes of the small segment', () => {
    const blocks = read('../../lib/segment/FORMAT.md').matchAll(/^```text item (\S+)\n([^`]*)^```$/gm);
    const shown = Array.from(blocks, ([, sk, lines]) => [
      sk,
      lines!
        .split('\n')
        .map((line) => /^((?:[0-9a-f]{2} ?)+)(?: |$)/.exec(line)?.[1]?.replaceAll(' ', '') ?? '')
        .join(''),
    ]);
    expect(Object.fromEntries(shown)).toEqual(golden.small.items);
  });

  it('shows its manifest', () => {
    expect(read('../../lib/segment/FORMAT.md')).toContain(golden.small.manifest);
  });
});
