import { GlossError } from '../domain/errors.ts';
import type { SegmentId, TenantId } from '../domain/ids.ts';
import type { ItemKey, SegmentStore } from '../ports/segment-store.ts';
import type { SegmentLists } from '../query/exhaustive.ts';
import { answersFor, decodeDirectory, type Directory, type DirectoryEntry } from '../segment/directory.ts';
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
        const { item, entries } = await findDirectory(store, tenant, segment.id, term);
        const entry = entries.get(term);
        return entry && { segment, directorySk: item.sk, entry };
      }),
    ),
  );
  return found.filter((place) => place !== undefined);
}

/** The directory that answers for a term: read cheaply, and again strongly if that came too early. */
async function findDirectory(
  store: SegmentStore,
  tenant: TenantId,
  segmentId: SegmentId,
  term: string,
): Promise<Directory> {
  for (const consistent of [false, true]) {
    const found = await store.findDirectory(tenant, segmentId, term, { consistent });
    const directory = found && decodeDirectory(found.body, { segmentId, sk: found.sk });
    if (directory && answersFor(directory, term)) return directory;
  }
  throw new GlossError('corrupt', 'segment_item_missing', `segment ${segmentId}: no directory for "${term}"`);
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
