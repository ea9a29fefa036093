import { GlossError } from '../../domain/errors.ts';
import type { ImageId, ImageState, TenantId } from '../../domain/ids.ts';
import type { DocumentEntry } from '../../index/segment/document-table.ts';
import type { Deletions } from '../../index/segment/deletions.ts';
import {
  collectionOf,
  manifestBeside,
  type Manifest,
  type SegmentEntry,
  type Snapshot,
} from '../../index/segment/manifest.ts';
import type { Manifests } from '../../ports/manifests.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { ChunkRequest, SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import type { VocabularyTerm } from '../../index/segment/directory-entry.ts';
import type { Association } from '../../rank/associations.ts';
import type { Collection } from '../../rank/bm25.ts';
import { findDocuments, type FoundDocument } from './find-documents.ts';
import { readAssociations } from './read-associations.ts';
import { readPlaces, type PlacesInDocs } from './read-places.ts';
import { readChunks, readPostings } from './read-postings.ts';
import { readDocFreqs, readTermsFrom, readTermsFromAny } from './read-vocabulary.ts';
import { readDocumentEntries, resolveImages, type RankedPlace } from './resolve-images.ts';
import { SnapshotItems } from './snapshot-items.ts';

export interface IndexReaderDeps {
  readonly manifests: Manifests;
  readonly segments: SegmentStore;
}

/**
 * One snapshot of a tenant's index: the segments that one manifest names. Whatever a request asks of the index it asks
 * of one reader, so that no answer mixes two states. A reader reads the manifest once, when it is opened.
 * Every method may throw GlossError `corrupt`.
 */
export class IndexReader {
  readonly manifest: Manifest;
  /** Number of documents and of their terms; what BM25 needs to know of the whole. */
  readonly collection: Collection;
  readonly #items: SnapshotItems;
  readonly #store: SegmentStore;
  readonly #tenant: TenantId;

  constructor(store: SegmentStore, tenant: TenantId, manifest: Manifest) {
    this.#store = store;
    this.#tenant = tenant;
    this.manifest = manifest;
    this.collection = collectionOf(manifest);
    this.#items = new SnapshotItems(store, tenant, manifest.segments);
  }

  /** The index that is being made to take this one's place, as the same manifest has it; undefined where none is. */
  beside(): IndexReader | undefined {
    const manifest = manifestBeside(this.manifest);
    return manifest && new IndexReader(this.#store, this.#tenant, manifest);
  }

  /**
   * The postings lists of terms by segment, as far as the directories hold them; one round, two for version 1. Neighbours in the order of
   * terms take no more reads than their directory items, and as many rounds.
   */
  postings(
    terms: readonly string[],
    { areNeighbours = false }: { readonly areNeighbours?: boolean } = {},
  ): Promise<SegmentPostings[]> {
    return readPostings(this.#items, terms, areNeighbours);
  }

  /** Adds chunks to their lists; one round. */
  readChunks(postings: readonly SegmentPostings[], wanted: readonly ChunkRequest[]): Promise<void> {
    return readChunks(this.#items, postings, wanted);
  }

  /** Where terms stand in documents, as far as that is worth reading; one round. */
  places(
    postings: readonly SegmentPostings[],
    terms: readonly string[],
    docs: readonly number[],
  ): Promise<PlacesInDocs> {
    return readPlaces(this.#items, postings, terms, docs);
  }

  /** Documents that have each term; deleted ones count until a merge drops them. */
  docFreqs(
    terms: readonly string[],
    { areNeighbours = false }: { readonly areNeighbours?: boolean } = {},
  ): Promise<ReadonlyMap<string, number>> {
    return readDocFreqs(this.#items, terms, areNeighbours);
  }

  /** Words that begin with a prefix, the most frequent first; at most four directory items a segment. */
  termsFrom(prefix: string): Promise<VocabularyTerm[]> {
    return readTermsFrom(this.#items, prefix);
  }

  /** Words that begin in one of these ways; for each way one directory item a segment at most. */
  termsFromAny(prefixes: readonly string[]): Promise<VocabularyTerm[]> {
    return readTermsFromAny(this.#items, prefixes);
  }

  /** What goes with terms of one meaning, strongest first; undefined where too little is stored. */
  associations(terms: readonly string[]): Promise<readonly Association[] | undefined> {
    return readAssociations(this.#items, this.collection.docCount, terms);
  }

  /** The images of documents, each of its own, in the states that their words are of; one round at most. */
  images(postings: readonly SegmentPostings[], docs: readonly RankedPlace[]): Promise<ImageState[]> {
    return resolveImages(this.#items, postings, docs);
  }

  /** The live documents of images, at most one each; three rounds at most. */
  documentsOf(imageIds: readonly ImageId[]): Promise<ReadonlyMap<ImageId, FoundDocument>> {
    return findDocuments(this.#items, imageIds);
  }

  /** So many live documents of a segment from one on, in order of docId; two rounds at most. */
  async liveDocuments(segment: SegmentEntry, from: number, count: number): Promise<DocumentEntry[]> {
    const deletions = (await this.#items.deletions([segment])).get(segment);
    const docIds = Array.from({ length: Math.min(count, segment.docs - from) }, (_, i) => from + i);
    const live = docIds.filter((docId) => !deletions?.has(docId));
    return readDocumentEntries(
      this.#items,
      live.map((docId) => ({ segment, docId })),
    );
  }

  /** The deletions of those segments that have any; one round. */
  deletions(segments: readonly SegmentEntry[]): Promise<ReadonlyMap<SegmentEntry, Deletions>> {
    return this.#items.deletions(segments);
  }
}

/** Opens the index of a tenant as it is now: one strongly consistent read. An index without documents is empty. */
export async function openIndex(
  { manifests, segments }: IndexReaderDeps,
  tenant: TenantId,
): Promise<IndexReader> {
  return new IndexReader(segments, tenant, await manifests.read(tenant));
}

/** What was read of an index; undefined where that cannot be read. @param onCorrupt hears why */
export async function unlessCorrupt<Read>(
  read: () => Promise<Read>,
  onCorrupt?: (error: GlossError) => void,
): Promise<Read | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GlossError) || error.kind !== 'corrupt') throw error;
    onCorrupt?.(error);
    return undefined;
  }
}

/**
 * Answers a request from a snapshot of before, of which merges may have dropped segments by now.
 * @throws GlossError `gone` if they have
 */
export async function readSnapshot<Answer>(
  { segments }: Pick<IndexReaderDeps, 'segments'>,
  tenant: TenantId,
  snapshot: Snapshot,
  answer: (index: IndexReader) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer(new IndexReader(segments, tenant, { ...snapshot, merges: [] }));
  } catch (error) {
    if (!(error instanceof GlossError) || error.code !== 'segment_item_missing') throw error;
    const message = 'the index has changed too much since this cursor was given: search again without it';
    throw new GlossError('gone', 'snapshot_gone', message, { cause: error, place: { field: 'cursor' } });
  }
}

/**
 * Answers a request from one snapshot. A request that was held up for minutes may find its segments merged and
 * dropped; then all of it is answered again from the manifest of now, which is whole.
 * @param answer reads and changes nothing, since it may run twice
 */
export async function readIndex<Answer>(
  deps: IndexReaderDeps,
  tenant: TenantId,
  answer: (index: IndexReader) => Promise<Answer>,
): Promise<Answer> {
  const index = await openIndex(deps, tenant);
  try {
    return await answer(index);
  } catch (error) {
    if (!(error instanceof GlossError) || error.code !== 'segment_item_missing') throw error;
    const current = await openIndex(deps, tenant);
    if (current.manifest.version === index.manifest.version) throw error;
    return answer(current);
  }
}
