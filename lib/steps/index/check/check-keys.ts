import { associationBuckets } from '../../../index/segment/associations.ts';
import { documentsPerPage } from '../../../index/segment/document-pages.ts';
import { bucketCount } from '../../../index/segment/image-map.ts';
import type { SegmentEntry } from '../../../index/segment/manifest.ts';
import { DELETIONS_START, SINGLE_ITEM_KEY } from '../../../index/segment/sort-keys.ts';
import type { Finding } from './finding.ts';

/**
 * Every item of a segment is one that it must have, and their sizes add up to what the manifest says. Deletions of before
 * stay until the segment is dropped.
 * @param directoryKeys of directories and chunks
 */
export function* checkKeys(
  { id: segmentId, docs, format, isSingleItem, bytes }: SegmentEntry,
  items: ReadonlyMap<string, Uint8Array>,
  directoryKeys: ReadonlySet<string>,
): Generator<Finding> {
  const ends = {
    n: Math.ceil(docs / documentsPerPage(format)),
    i: bucketCount(docs, format),
    a: associationBuckets(docs),
  };
  const belongs = (sk: string): boolean => {
    const numbered = /^([nia])\/(\d{8})$/.exec(sk);
    if (sk.startsWith(DELETIONS_START)) return true;
    if (isSingleItem || sk === SINGLE_ITEM_KEY) return isSingleItem && sk === SINGLE_ITEM_KEY;
    if (numbered) return Number(numbered[2]) < ends[numbered[1] as keyof typeof ends];
    return directoryKeys.has(sk);
  };
  let sum = 0;
  for (const [sk, body] of items) {
    if (!belongs(sk)) yield { segmentId, sk, what: 'nothing leads to this item' };
    if (!sk.startsWith(DELETIONS_START)) sum += body.length;
  }
  if (sum !== bytes)
    yield { segmentId, what: `its items have ${sum} bytes where the manifest says ${bytes}` };
}
