import { GlossError } from '../../../domain/errors.ts';
import type { TenantId } from '../../../domain/ids.ts';
import { associationBuckets, readAssociationBucket } from '../../../index/segment/associations.ts';
import { decodeDocuments, documentsPerPage } from '../../../index/segment/document-pages.ts';
import type { Directory } from '../../../index/segment/directory-entry.ts';
import { bucketCount, readBucket } from '../../../index/segment/image-map.ts';
import type { SegmentEntry } from '../../../index/segment/manifest.ts';
import { hasPlaces } from '../../../index/postings/places.ts';
import { SegmentContents } from '../../../index/segment/segment-contents.ts';
import {
  associationsKey,
  chunkKey,
  documentsKey,
  imageMapKey,
  placesKey,
} from '../../../index/segment/sort-keys.ts';
import type { SegmentStore } from '../../../ports/segment-store.ts';
import { SnapshotItems } from '../snapshot-items.ts';

/** A part of a segment's items that was read, and what of it cannot be. */
interface Checked<Place> {
  readonly lies: readonly string[];
  /** Where its next part begins; absent where there is none. */
  readonly next?: Place;
}

/** Of one call. An item of DynamoDB has 4 KB at most as segments are written. */
const DIRECTORIES = 200;
const CHUNKS = 2_000;
const NUMBERED = 500;

/**
 * Reads lists of a segment, whole, from a term on. Behind a directory that cannot be read nobody knows where the next one
 * begins: then the rest of the segment's lists is not looked at.
 */
export async function checkPostings(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  from: string,
): Promise<Checked<string>> {
  const items = new SnapshotItems(store, tenant, [segment]);
  const lies: string[] = [];
  let at: string | undefined = from;
  let chunks = 0;
  for (let read = 0; at !== undefined && read < DIRECTORIES && chunks < CHUNKS; read += 1) {
    let directory: Directory;
    try {
      directory = await items.directory(segment, at);
    } catch (error) {
      return { lies: [...lies, lieOf(error)] };
    }
    chunks += await checkListsOf(items, segment, directory, lies);
    at = directory.upTo;
  }
  return { lies, ...(at !== undefined && { next: at }) };
}

/** @returns how many chunks and places were read */
async function checkListsOf(
  items: SnapshotItems,
  segment: SegmentEntry,
  directory: Directory,
  lies: string[],
): Promise<number> {
  const keysOf = new Map<string, readonly string[]>();
  for (const term of directory.terms) {
    try {
      keysOf.set(term, chunkKeysOf(term, directory, segment.format));
    } catch (error) {
      lies.push(lieOf(error));
    }
  }
  const keys = [...keysOf.values()].flat();
  const bodies = await items.readIfThere(keys.map((sk) => ({ segmentId: segment.id, sk })));
  const there = new Map(keys.flatMap((sk, i) => (bodies[i] ? [[sk, bodies[i]] as const] : [])));
  const contents = new SegmentContents(segment, there);
  for (const term of keysOf.keys()) {
    try {
      const { entry } = contents.list(term, directory);
      contents.places(term, directory, entry);
    } catch (error) {
      lies.push(lieOf(error));
    }
  }
  return keys.length;
}

function chunkKeysOf(term: string, directory: Directory, format: number): string[] {
  const entry = directory.entry(term)!;
  const count =
    'chunks' in entry ? entry.chunks.firstDocIds.length : 'opaqueChunks' in entry ? entry.opaqueChunks : 0;
  return Array.from({ length: count }, (_, i) =>
    hasPlaces(term, format) ? [chunkKey(term, i), placesKey(term, i)] : [chunkKey(term, i)],
  ).flat();
}

/** Reads those items of a segment that have numbers: its documents, its image map and its associations, in this order. */
export async function checkNumbered(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  from: number,
): Promise<Checked<number>> {
  const { id: segmentId, docs, format, isSingleItem } = segment;
  if (isSingleItem) return { lies: [] };
  const ends = [
    Math.ceil(docs / documentsPerPage(format)),
    bucketCount(docs, format),
    associationBuckets(docs),
  ];
  const all = ends.reduce((sum, count) => sum + count, 0);
  const to = Math.min(all, from + NUMBERED);
  const keys = Array.from({ length: to - from }, (_, i) => numberedKey(ends, from + i));
  const bodies = await store.readIfThere(
    tenant,
    keys.map(({ sk }) => ({ segmentId, sk })),
  );
  const hasAssociations = keys.some(({ kind }, i) => kind === 'associations' && bodies[i]);
  const lies = keys.flatMap(({ kind, number, sk }, i) => {
    const body = bodies[i];
    const item = { segmentId, sk };
    if (!body) {
      // Version 1 wrote no empty buckets, and segments of before associations were stored have none.
      const mayLack = kind === 'map' ? format === 1 : kind === 'associations' && !hasAssociations;
      return mayLack ? [] : [`segment ${segmentId}: item ${sk} is missing`];
    }
    try {
      if (kind === 'documents') decodeDocuments(body, item, format);
      else if (kind === 'map') readBucket(body, item, segment, number);
      else readAssociationBucket(body, item, segment, number);
      return [];
    } catch (error) {
      return [lieOf(error)];
    }
  });
  return { lies, ...(to < all && { next: to }) };
}

function numberedKey([pages = 0, buckets = 0]: readonly number[], place: number) {
  if (place < pages) return { kind: 'documents', number: place, sk: documentsKey(place) } as const;
  if (place < pages + buckets) {
    const number = place - pages;
    return { kind: 'map', number, sk: imageMapKey(number) } as const;
  }
  const number = place - pages - buckets;
  return { kind: 'associations', number, sk: associationsKey(number) } as const;
}

/** @throws the error itself, where it does not say that the index is corrupt */
function lieOf(error: unknown): string {
  // eslint-disable-next-line no-restricted-syntax -- our own words
  if (error instanceof GlossError && error.kind === 'corrupt') return error.message;
  throw error;
}
