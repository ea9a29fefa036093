import {
  associationBuckets,
  countingStride,
  readAssociationBucket,
} from '../../../index/segment/associations.ts';
import type { SegmentEntry } from '../../../index/segment/manifest.ts';
import { associationsKey } from '../../../index/segment/sort-keys.ts';
import { findingsOf, type Finding } from './finding.ts';

/** Counts every pair of words that a segment's associations name again, in its lists. */
export function* checkAssociations(
  segment: SegmentEntry,
  items: ReadonlyMap<string, Uint8Array>,
  listOf: ReadonlyMap<string, Uint32Array>,
): Generator<Finding> {
  const { id: segmentId, docs } = segment;
  const buckets = associationBuckets(docs);
  const keys = Array.from({ length: buckets }, (_, bucket) => associationsKey(bucket));
  // Segments of before associations were stored have none.
  if (!keys.some((sk) => items.has(sk))) return;
  const stride = countingStride(docs);
  const counted = (term: string) => {
    const docIds = listOf.get(term);
    return stride === 1 ? docIds : docIds?.filter((docId) => docId % stride === 0);
  };
  const here = new Uint8Array(docs);
  for (const [bucket, sk] of keys.entries()) {
    yield* findingsOf({ segmentId, sk }, function* () {
      const body = items.get(sk);
      if (!body) {
        yield 'it is missing, and other associations are there';
        return;
      }
      const { terms } = readAssociationBucket(body, { segmentId, sk }, segment, bucket);
      for (const { term, docFreq, associates } of terms.values()) {
        const own = counted(term);
        if (!own) {
          yield `"${term}" has associates and no list`;
          continue;
        }
        if (own.length !== docFreq)
          yield `"${term}" is in ${own.length} of the documents counted, not in ${docFreq}`;
        for (const docId of own) here[docId] = 1;
        const wrong = associates.find(({ term: other, count, docFreq: all }) => {
          const list = counted(other);
          const both = list?.reduce((sum, docId) => sum + here[docId]!, 0);
          return both !== count || list?.length !== all;
        });
        for (const docId of own) here[docId] = 0;
        if (wrong)
          yield `"${term}" and "${wrong.term}" are not together in ${wrong.count} of ${wrong.docFreq} documents`;
      }
    });
  }
}
