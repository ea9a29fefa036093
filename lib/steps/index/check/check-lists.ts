import type { SegmentEntry } from '../../../index/segment/manifest.ts';
import { hasPlaces } from '../../../index/postings/places.ts';
import { boundOf, type Postings } from '../../../index/postings/postings.ts';
import { bestScores } from '../../../index/postings/top-postings.ts';
import type { ChunkedList, DirectoryEntry } from '../../../index/segment/directory-entry.ts';
import type { DocumentTable } from '../../../index/segment/document-table.ts';
import { SegmentContents } from '../../../index/segment/segment-contents.ts';
import { chunkKey, placesKey } from '../../../index/segment/sort-keys.ts';
import { findingsOf, type Finding } from './finding.ts';

/** What the lists of a segment turned out to be. */
export interface CheckedLists {
  /** The documents of each term whose list can be read. */
  readonly docIds: ReadonlyMap<string, Uint32Array>;
  /** Sort keys of the items that the directories are, or lead to. */
  readonly keys: ReadonlySet<string>;
}

/**
 * Reads every list of a segment: postings of documents that exist, with their lengths; places; bounds that hold; best postings
 * that are the best.
 * @param documents undefined where they cannot be read
 */
export function* checkLists(
  segment: SegmentEntry,
  contents: SegmentContents,
  documents: DocumentTable | undefined,
): Generator<Finding, CheckedLists> {
  const docIds = new Map<string, Uint32Array>();
  const keys = new Set<string>();
  const segmentId = segment.id;
  yield* findingsOf({ segmentId }, function* () {
    for (const { term, directory } of contents.terms()) {
      keys.add(directory.item.sk);
      yield* findingsOf({ segmentId, sk: directory.item.sk }, function* () {
        const { entry, postings } = contents.list(term, directory);
        docIds.set(term, postings.docIds);
        const arePlaced = hasPlaces(term, segment.format);
        for (let i = 0; i < chunksOf(entry); i += 1) {
          keys.add(chunkKey(term, i));
          if (arePlaced) keys.add(placesKey(term, i));
        }
        contents.places(term, directory, entry);
        if (documents) yield* lengthsThatDiffer(term, postings, documents);
        if ('chunks' in entry) yield* boundsThatFail(segment, term, entry, postings, documents);
      });
    }
  });
  return { docIds, keys };
}

const chunksOf = (entry: DirectoryEntry): number =>
  'chunks' in entry ? entry.chunks.firstDocIds.length : 'opaqueChunks' in entry ? entry.opaqueChunks : 0;

function* lengthsThatDiffer(
  term: string,
  { docIds, docLens }: Postings,
  documents: DocumentTable,
): Generator<string> {
  for (let i = 0; i < docIds.length; i += 1) {
    const docLen = documents.docLens[docIds[i]!];
    if (docLen === docLens[i]) continue;
    yield `"${term}": document ${docIds[i]!} has ${docLens[i]!} words in the list and ${docLen} in its page`;
    return;
  }
}

/** The best postings are the best, their images are theirs, and the impacts bound all others. */
function* boundsThatFail(
  { docs, totalLen }: SegmentEntry,
  term: string,
  { topPostings: { postings: top, images, others } }: ChunkedList,
  postings: Postings,
  documents: DocumentTable | undefined,
): Generator<string> {
  const best = new Set(top.docIds);
  const bounded = ({ maxPlacedFreq, minDocLen }: ReturnType<typeof boundOf>) =>
    others.some((impact) => impact.maxPlacedFreq >= maxPlacedFreq && impact.minDocLen <= minDocLen);
  const above = postings.docIds.find(
    (docId, i) =>
      !best.has(docId) &&
      !bounded({ maxPlacedFreq: postings.placedFreqs[i]!, minDocLen: postings.docLens[i]! }),
  );
  if (above !== undefined) yield `"${term}": document ${above} is above every impact`;
  const count = top.docIds.length;
  const scores = bestScores(postings, totalLen / docs, count);
  const stored = bestScores(top, totalLen / docs, count);
  if (scores.some((score, i) => score !== stored[i]))
    yield `"${term}": the top postings are not the best ones`;
  const other = images.findIndex(({ imageId, sequencer }, i) => {
    const document = documents?.at(top.docIds[i]!);
    return document && (document.imageId !== imageId || document.sequencer !== sequencer);
  });
  if (other >= 0) yield `"${term}": document ${top.docIds[other]!} is not of image ${images[other]!.imageId}`;
}
