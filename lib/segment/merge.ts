import type { Deletions } from './deletions.ts';
import type { DocumentEntry } from './documents.ts';
import type { Postings } from './postings.ts';
import type { SegmentContents } from './segment-contents.ts';
import { compareUtf8 } from './utf8-order.ts';

/** A segment to merge; the order of sources is the order of insertion and stays. */
export interface MergeSource {
  readonly contents: SegmentContents;
  readonly docs: number;
  readonly deletions: Deletions;
}

/** Where the documents of one source go: new docId by old, -1 for deleted ones. */
export type DocIdMap = Int32Array;

/** The documents that survive, and where each went. */
export function mergeDocuments(sources: readonly MergeSource[]): {
  documents: DocumentEntry[];
  maps: DocIdMap[];
} {
  const documents: DocumentEntry[] = [];
  const maps = sources.map(({ contents, docs, deletions }) => {
    const map = new Int32Array(docs).fill(-1);
    for (const [docId, entry] of contents.documents(docs).entries()) {
      if (deletions.has(docId)) continue;
      map[docId] = documents.length;
      documents.push(entry);
    }
    return map;
  });
  return { documents, maps };
}

/** Every term that still has a document, with its postings over all sources, sorted by compareUtf8. */
export function* mergeLists(
  sources: readonly MergeSource[],
  maps: readonly DocIdMap[],
): Generator<[term: string, postings: Postings]> {
  const walks = sources.map(({ contents }) => contents.lists());
  const heads = walks.map((walk) => walk.next());
  for (;;) {
    let least: string | undefined;
    for (const head of heads) {
      if (!head.done && (least === undefined || compareUtf8(head.value[0], least) < 0)) least = head.value[0];
    }
    if (least === undefined) return;
    const parts: { postings: Postings; map: DocIdMap }[] = [];
    for (const [i, head] of heads.entries()) {
      if (head.done || head.value[0] !== least) continue;
      parts.push({ postings: head.value[1], map: maps[i]! });
      heads[i] = walks[i]!.next();
    }
    const postings = joinPostings(parts);
    if (postings.docIds.length > 0) yield [least, postings];
  }
}

/** Sources keep their order and their documents' order, so the joined docIds ascend. */
function joinPostings(parts: readonly { postings: Postings; map: DocIdMap }[]): Postings {
  const size = parts.reduce((sum, { postings }) => sum + postings.docIds.length, 0);
  const joined = {
    docIds: new Uint32Array(size),
    termFreqs: new Uint32Array(size),
    docLens: new Uint32Array(size),
  };
  let count = 0;
  for (const { postings, map } of parts) {
    for (let i = 0; i < postings.docIds.length; i += 1) {
      const docId = map[postings.docIds[i]!]!;
      if (docId < 0) continue;
      joined.docIds[count] = docId;
      joined.termFreqs[count] = postings.termFreqs[i]!;
      joined.docLens[count] = postings.docLens[i]!;
      count += 1;
    }
  }
  return {
    docIds: joined.docIds.subarray(0, count),
    termFreqs: joined.termFreqs.subarray(0, count),
    docLens: joined.docLens.subarray(0, count),
  };
}
