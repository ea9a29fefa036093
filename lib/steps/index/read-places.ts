import { decodeOnce } from '../../index/bytes/decode-once.ts';
import { hasPlaces, placesOf, type Places } from '../../index/postings/places.ts';
import type { Postings } from '../../index/postings/postings.ts';
import { openPlaces } from '../../index/segment/open-places.ts';
import { placesKey } from '../../index/segment/sort-keys.ts';
import { locate } from '../../query/evaluate/locate.ts';
import { countUpTo, type PostingsList } from '../../query/evaluate/postings-list.ts';
import type { ChunkRequest, SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import type { TermPlaces } from '../../query/hits/phrase-places.ts';
import { readChunks } from './read-postings.ts';
import type { SnapshotItems } from './snapshot-items.ts';

/** Where terms stand in documents. */
export type PlacesInDocs = (doc: number, term: string) => TermPlaces;

const opened = new WeakMap<Uint8Array, Places>();

/**
 * Where terms stand in documents of a snapshot, numbered through its segments. Short lists have it with them; of long ones the items are read
 * that have these documents, in one round, as far as there are no more items than documents to gain by them.
 */
export async function readPlaces(
  items: SnapshotItems,
  postings: readonly SegmentPostings[],
  terms: readonly string[],
  docs: readonly number[],
): Promise<PlacesInDocs> {
  const bySegment = Map.groupBy(
    docs.map((doc) => locate(items.segments, doc)),
    ({ segment }) => segment,
  );
  const wanted = Array.from(bySegment).flatMap(([segment, places]) => {
    const requests = terms.flatMap((term) => chunksWith(places, postings[segment]!, items, segment, term));
    return requests.length <= places.length ? requests : [];
  });
  const keys = wanted.map(({ segment, term, chunk }) => ({
    segmentId: items.segments[segment]!.id,
    sk: placesKey(term, chunk),
  }));
  const listOf = ({ segment, term }: Omit<ChunkRequest, 'chunk'>) => postings[segment]!.lists.get(term);
  const unread = wanted.filter((one) => !listOf(one)!.chunk(one.chunk));
  const [bodies] = await Promise.all([items.read(keys), readChunks(items, postings, unread)]);
  const known = new Map<string, ListPlaces>();
  for (const [i, { segment, term, chunk }] of wanted.entries()) {
    const { format } = items.segments[segment]!;
    const read = listOf({ segment, term })!.chunk(chunk)!.postings();
    const places = decodeOnce(opened, bodies[i]!, () =>
      openPlaces(bodies[i]!, keys[i]!, read.placedFreqs, format),
    );
    known.set(nameOf(segment, term, chunk), { postings: read, places });
  }
  return (doc, term) => {
    const { segment, docId } = locate(items.segments, doc);
    const list = listOf({ segment, term });
    if (!list) return 'absent';
    if (!list.entry) return placesIn({ postings: list.postings(), places: list.places() }, docId);
    const chunk = chunkOf(list, docId);
    const run = known.get(nameOf(segment, term, chunk));
    return chunk < 0 ? 'absent' : run ? placesIn(run, docId) : 'anywhere';
  };
}

interface ListPlaces {
  readonly postings: Postings;
  /** Undefined where all may stand anywhere. */
  readonly places: Places | undefined;
}

const nameOf = (segment: number, term: string, chunk: number): string => `${segment} ${chunk} ${term}`;

function placesIn({ postings: { docIds }, places }: ListPlaces, docId: number): TermPlaces {
  const at = countUpTo(docIds, docId) - 1;
  if (docIds[at] !== docId) return 'absent';
  const found = places && placesOf(places, at);
  return found && found.length > 0 ? found : 'anywhere';
}

/** The chunk that would have a document; -1 if none does. */
const chunkOf = ({ firstDocIds, lastDocId }: PostingsList, docId: number): number =>
  docId > lastDocId ? -1 : countUpTo(firstDocIds, docId) - 1;

/** The chunks that documents of a segment may be in. */
function chunksWith(
  places: readonly { readonly docId: number }[],
  { lists }: SegmentPostings,
  items: SnapshotItems,
  segment: number,
  term: string,
): ChunkRequest[] {
  const list = lists.get(term);
  if (!list?.entry || !hasPlaces(term, items.segments[segment]!.format)) return [];
  const chunks = new Set(places.map(({ docId }) => chunkOf(list, docId)));
  chunks.delete(-1);
  return Array.from(chunks, (chunk) => ({ segment, term, chunk }));
}
