import { MAX_DOC_LEN } from '../bytes/limits.ts';
import type { Deletions } from '../segment/deletions.ts';
import { DocumentTable } from '../segment/document-table.ts';
import type { ClusterTerms } from './document-clusters.ts';
import { clusterDocuments, clusterDepth } from './document-clusters.ts';
import { orderDocuments } from './document-order.ts';
import { joinPlaces, pickPlaces } from '../postings/places.ts';
import { emptyPostings, slicePostings, type Postings } from '../postings/postings.ts';
import type { ListOptions, SegmentContents } from '../segment/segment-contents.ts';
import { compareTerms } from '../segment/term-spelling.ts';

/** A segment to merge. */
interface MergeSource {
  readonly contents: SegmentContents;
  readonly docs: number;
  readonly deletions: Deletions;
}

/** The new docId of each document of one source; -1 for deleted documents. */
export type DocIdMap = Int32Array;

/**
 * The documents that are not deleted, and their new docIds: by length, in large segments within clusters of
 * similar documents. Lengths of version 1 may be above what is written since: they become the greatest length.
 * @param depthOf how often a segment of a given number of documents is halved into clusters
 */
export function mergeDocuments(
  sources: readonly MergeSource[],
  depthOf: (docs: number) => number = clusterDepth,
): {
  documents: DocumentTable;
  maps: DocIdMap[];
} {
  const tables = sources.map(({ contents }) => contents.documents());
  const maps = sources.map(({ docs }) => new Int32Array(docs).fill(-1));
  const { sourceOf, docIdOf } = survivors(sources);
  const count = sourceOf.length;
  const docLens = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) {
    docLens[i] = Math.min(MAX_DOC_LEN, tables[sourceOf[i]!]!.docLens[docIdOf[i]!]!);
    maps[sourceOf[i]!]![docIdOf[i]!] = i;
  }
  const depth = depthOf(count);
  const clusterOf = depth > 0 ? clusterDocuments(termsByDocument(sources, maps, count), depth) : undefined;
  const order = orderDocuments(docLens, clusterOf);
  for (const [newDocId, i] of order.entries()) maps[sourceOf[i]!]![docIdOf[i]!] = newDocId;
  const entries = (function* () {
    for (const i of order) yield { ...tables[sourceOf[i]!]!.at(docIdOf[i]!), docLen: docLens[i]! };
  })();
  return { documents: DocumentTable.from(entries, count), maps };
}

/** Source and docId of the documents that are not deleted, as columns: there may be millions. */
function survivors(sources: readonly MergeSource[]): { sourceOf: Uint16Array; docIdOf: Uint32Array } {
  const most = sources.reduce((sum, { docs }) => sum + docs, 0);
  const sourceOf = new Uint16Array(most);
  const docIdOf = new Uint32Array(most);
  let count = 0;
  for (const [source, { docs, deletions }] of sources.entries()) {
    for (let docId = 0; docId < docs; docId += 1) {
      if (deletions.has(docId)) continue;
      sourceOf[count] = source;
      docIdOf[count++] = docId;
    }
  }
  return { sourceOf: sourceOf.subarray(0, count), docIdOf: docIdOf.subarray(0, count) };
}

/** Terms in fewer documents, or in a larger share of them, say little about similarity and are left out. */
const FEW = 8;
const COMMON_SHARE = 1 / 3;

/**
 * The terms of every document that say something about similarity, by number: the inverse of postings lists.
 */
function termsByDocument(
  sources: readonly MergeSource[],
  maps: readonly DocIdMap[],
  docs: number,
): ClusterTerms {
  const starts = new Uint32Array(docs + 1);
  const walk = function* () {
    let term = 0;
    for (const { parts } of mergedRows(sources)) {
      const docFreq = parts.reduce((sum, { postings }) => sum + postings.docIds.length, 0);
      if (docFreq < FEW || docFreq > docs * COMMON_SHARE) continue;
      for (const { source, postings } of parts) yield { term, map: maps[source]!, postings };
      term += 1;
    }
  };
  let terms = 0;
  for (const { term, map, postings } of walk()) {
    terms = term + 1;
    for (const old of postings.docIds) if (map[old]! >= 0) starts[map[old]! + 1]! += 1;
  }
  for (let doc = 0; doc < docs; doc += 1) starts[doc + 1]! += starts[doc]!;
  const termIds = new Uint32Array(starts[docs]!);
  const next = starts.slice(0, docs);
  for (const { term, map, postings } of walk()) {
    for (const old of postings.docIds) if (map[old]! >= 0) termIds[next[map[old]!]!++] = term;
  }
  return { docs, terms, starts, termIds };
}

interface MergedRow {
  readonly term: string;
  readonly parts: readonly { readonly source: number; readonly postings: Postings }[];
}

/** Every term of any source with its lists, sorted by compareTerms. */
function* mergedRows(sources: readonly MergeSource[], options?: ListOptions): Generator<MergedRow> {
  const walks = sources.map(({ contents }) => contents.lists(options));
  const heads = walks.map((walk) => walk.next());
  for (;;) {
    let least: string | undefined;
    for (const head of heads) {
      if (!head.done && (least === undefined || compareTerms(head.value[0], least) < 0))
        least = head.value[0];
    }
    if (least === undefined) return;
    const parts: { source: number; postings: Postings }[] = [];
    for (const [source, head] of heads.entries()) {
      if (head.done || head.value[0] !== least) continue;
      parts.push({ source, postings: head.value[1] });
      heads[source] = walks[source]!.next();
    }
    yield { term: least, parts };
  }
}

/** Every term that still has a document, with its postings over all sources, sorted by compareTerms. */
export function* mergeLists(
  sources: readonly MergeSource[],
  maps: readonly DocIdMap[],
  { docLens }: DocumentTable,
): Generator<[term: string, postings: Postings]> {
  const placedFreqOf = new Uint32Array(docLens.length);
  const placeOf = new Uint32Array(docLens.length);
  for (const { term, parts } of mergedRows(sources, { withPlaces: true })) {
    const postings = joinPostings(parts, maps, docLens, placedFreqOf);
    if (postings.docIds.length > 0) yield [term, withPlaces(postings, parts, maps, placeOf)];
  }
}

/**
 * The same with the places of all parts; those of a part that does not know them may be anywhere.
 * @param scratch a number for every document, any
 */
function withPlaces(
  postings: Postings,
  parts: MergedRow['parts'],
  maps: readonly DocIdMap[],
  scratch: Uint32Array,
): Postings {
  if (parts.every((part) => !part.postings.places)) return postings;
  let at = 0;
  for (const { source, postings: part } of parts) {
    const map = maps[source]!;
    for (const old of part.docIds) {
      if (map[old]! >= 0) scratch[map[old]!] = at;
      at += 1;
    }
  }
  const joined = joinPlaces(parts.map((part) => part.postings));
  return {
    ...postings,
    places: pickPlaces(joined, (i) => scratch[postings.docIds[i]!]!, postings.docIds.length),
  };
}

/** If a list has a document in this many or more, walking all documents is cheaper than sorting. */
const DENSE = 64;

/** @param scratch a zero for every document; left as zeros */
function joinPostings(
  parts: MergedRow['parts'],
  maps: readonly DocIdMap[],
  docLens: Uint32Array,
  scratch: Uint32Array,
): Postings {
  const joined = emptyPostings(parts.reduce((sum, { postings }) => sum + postings.docIds.length, 0));
  const { docIds } = joined;
  let count = 0;
  for (const { source, postings } of parts) {
    const map = maps[source]!;
    for (let i = 0; i < postings.docIds.length; i += 1) {
      const docId = map[postings.docIds[i]!]!;
      if (docId < 0) continue;
      scratch[docId] = postings.placedFreqs[i]!;
      docIds[count++] = docId;
    }
  }
  if (count * DENSE < docLens.length) {
    docIds.subarray(0, count).sort();
  } else {
    let at = 0;
    for (let docId = 0; docId < scratch.length; docId += 1) if (scratch[docId]! > 0) docIds[at++] = docId;
  }
  for (let i = 0; i < count; i += 1) {
    const docId = docIds[i]!;
    joined.placedFreqs[i] = scratch[docId]!;
    joined.docLens[i] = docLens[docId]!;
    scratch[docId] = 0;
  }
  return slicePostings(joined, 0, count);
}
