import type { ImageId } from '../../../domain/ids.ts';
import { Deletions } from '../../../index/segment/deletions.ts';
import type { DocumentTable } from '../../../index/segment/document-table.ts';
import { bucketCount, readBucket } from '../../../index/segment/image-map.ts';
import type { SegmentEntry } from '../../../index/segment/manifest.ts';
import { deletionsKey, imageMapKey } from '../../../index/segment/sort-keys.ts';
import { findingsOf, type Finding } from './finding.ts';

/** The segment in which an image has its live document. */
export type LiveImages = Map<ImageId, string>;

/**
 * Every document of a segment is found by its image once, and every image of the tenant has one live document at most.
 * @param live the live images of the segments before; those of this one are added
 */
export function* checkImages(
  segment: SegmentEntry,
  items: ReadonlyMap<string, Uint8Array>,
  documents: DocumentTable,
  live: LiveImages,
): Generator<Finding> {
  const { id: segmentId, docs, deletions: name } = segment;
  let deletions = Deletions.none(docs);
  if (name !== '') {
    const sk = deletionsKey(name);
    yield* findingsOf({ segmentId, sk }, function* () {
      const body = items.get(sk);
      if (body) deletions = Deletions.decode(body, segment, { segmentId, sk });
      else yield 'it is missing';
    });
  }
  const inSegment = new Set<ImageId>();
  for (let docId = 0; docId < docs; docId += 1) {
    const imageId = documents.imageIdAt(docId);
    if (inSegment.has(imageId)) yield { segmentId, what: `image ${imageId} has two documents` };
    inSegment.add(imageId);
    if (deletions.has(docId)) continue;
    const other = live.get(imageId);
    if (other !== undefined && other !== segmentId)
      yield { segmentId, what: `image ${imageId} has a live document, and another in segment ${other}` };
    live.set(imageId, segmentId);
  }
  if (!segment.isSingleItem) yield* checkMap(segment, items, documents);
}

function* checkMap(
  segment: SegmentEntry,
  items: ReadonlyMap<string, Uint8Array>,
  documents: DocumentTable,
): Generator<Finding> {
  const { id: segmentId, docs, format } = segment;
  const mapped = new Uint8Array(docs);
  let count = 0;
  for (let bucket = 0; bucket < bucketCount(docs, format); bucket += 1) {
    const sk = imageMapKey(bucket);
    yield* findingsOf({ segmentId, sk }, function* () {
      const body = items.get(sk);
      if (!body) {
        // Version 1 wrote no empty buckets.
        if (format !== 1) yield 'it is missing';
        return;
      }
      const { idPrefixes, docIds, imageIds } = readBucket(body, { segmentId, sk }, segment, bucket);
      for (const [i, docId] of docIds.entries()) {
        if (mapped[docId] === 1) yield `document ${docId} is in the map twice`;
        if (
          documents.idPrefixAt(docId) !== idPrefixes[i] ||
          (imageIds && documents.imageIdAt(docId) !== imageIds[i])
        )
          yield `document ${docId} is of another image than its page says`;
        mapped[docId] = 1;
        count += 1;
      }
    });
  }
  if (count !== docs) yield { segmentId, what: `the image map has ${count} of ${docs} documents` };
}
