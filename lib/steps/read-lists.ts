import type { TenantId } from '../domain/ids.ts';
import type { ItemKey, SegmentStore } from '../ports/segment-store.ts';
import type { SegmentLists } from '../query/exhaustive.ts';
import { decodeDirectory, type DirectoryEntry } from '../segment/directory.ts';
import type { Manifest, SegmentEntry } from '../segment/manifest.ts';
import { decodeBlocks, type Postings } from '../segment/postings.ts';
import { unseal } from '../segment/sealed-item.ts';
import { chunkKey } from '../segment/sort-keys.ts';
import { readDeletions } from './find-documents.ts';

interface Place {
  readonly segment: SegmentEntry;
  readonly directorySk: string;
  readonly entry: DirectoryEntry;
}

/**
 * Whole postings lists of the terms in every segment of the snapshot, in two rounds: directories and deletions,
 * then the chunks of long lists.
 */
export async function readLists(
  store: SegmentStore,
  tenant: TenantId,
  { segments }: Manifest,
  terms: readonly string[],
): Promise<SegmentLists[]> {
  const [deletions, places] = await Promise.all([
    readDeletions(store, tenant, segments),
    findPlaces(store, tenant, segments, terms),
  ]);
  const keys = places.flatMap(chunkKeysOf);
  const bodies = await store.read(tenant, keys);
  const chunks = new Map(keys.map((key, i) => [`${key.segmentId} ${key.sk}`, bodies[i]!]));
  return segments.map((segment) => ({
    docs: segment.docs,
    deletions: deletions.get(segment),
    lists: new Map(
      places
        .filter((place) => place.segment === segment)
        .map((place) => [place.entry.term, decode(place, chunks)]),
    ),
  }));
}

async function findPlaces(
  store: SegmentStore,
  tenant: TenantId,
  segments: readonly SegmentEntry[],
  terms: readonly string[],
): Promise<Place[]> {
  const found = await Promise.all(
    segments.flatMap((segment) =>
      terms.map(async (term): Promise<Place | undefined> => {
        const item = await store.findDirectory(tenant, segment.id, term);
        if (!item) return undefined;
        const directory = decodeDirectory(item.body, { segmentId: segment.id, sk: item.sk });
        const entry = directory.entries.get(term);
        return entry && { segment, directorySk: item.sk, entry };
      }),
    ),
  );
  return found.filter((place) => place !== undefined);
}

function chunkKeysOf({ segment, entry }: Place): ItemKey[] {
  if ('inline' in entry.blocks) return [];
  return Array.from({ length: entry.blocks.chunks }, (_, i) => ({
    segmentId: segment.id,
    sk: chunkKey(entry.term, i),
  }));
}

function decode(place: Place, chunks: ReadonlyMap<string, Uint8Array>): Postings {
  const { segment, directorySk, entry } = place;
  if ('inline' in entry.blocks) {
    return decodeBlocks(
      [{ bytes: entry.blocks.inline, item: { segmentId: segment.id, sk: directorySk } }],
      entry.docFreq,
    );
  }
  const runs = chunkKeysOf(place).map((item) => ({
    bytes: unseal('chunk', chunks.get(`${item.segmentId} ${item.sk}`)!, item),
    item,
  }));
  return decodeBlocks(runs, entry.docFreq);
}
