import type { ImageId, TenantId } from '../../domain/ids.ts';
import { docFreqOf, evaluateExhaustively, type SegmentLists } from '../../query/evaluate/exhaustive.ts';
import type { QueryTerms } from '../../query/plan/query-terms.ts';
import { DEFAULT_PARAMS } from '../../rank/bm25.ts';
import { collectionOf, type Manifest } from '../../index/segment/manifest.ts';
import type { Postings } from '../../index/postings/postings.ts';
import { SegmentContents } from '../../index/segment/segment-contents.ts';
import type { BenchStore } from './bench-store.ts';

/** A document with its score, as both the search and the oracle name it. */
export interface ScoredImage {
  readonly imageId: ImageId;
  readonly score: number;
}

/** The whole index of one moment, read item by item past everything that a search does. */
export class ExhaustiveSnapshot {
  readonly manifest: Manifest;
  readonly postings: number;
  /** Of all items of the live segments, with their keys. */
  readonly storedBytes: number;
  readonly #lists: readonly SegmentLists[];
  readonly #images: readonly ImageId[];

  private constructor(
    manifest: Manifest,
    figures: { readonly postings: number; readonly storedBytes: number },
    lists: readonly SegmentLists[],
    images: readonly ImageId[],
  ) {
    this.manifest = manifest;
    this.postings = figures.postings;
    this.storedBytes = figures.storedBytes;
    this.#lists = lists;
    this.#images = images;
  }

  /** Keeps the lists of these terms; nothing may have been deleted. */
  static async read(
    { deps, meter }: BenchStore,
    tenant: TenantId,
    terms: ReadonlySet<string>,
  ): Promise<ExhaustiveSnapshot> {
    const manifest = await deps.manifests.read(tenant);
    const before = meter.snapshot();
    const all: SegmentLists[] = [];
    const images: ImageId[] = [];
    let postings = 0;
    for (const segment of manifest.segments) {
      const { docs } = segment;
      const contents = new SegmentContents(segment, await deps.segments.readAll(tenant, segment.id));
      const documents = contents.documents();
      for (let docId = 0; docId < docs; docId += 1) images.push(documents.imageIdAt(docId));
      const lists = new Map<string, Postings>();
      for (const [term, list] of contents.lists()) {
        postings += list.docIds.length;
        if (terms.has(term)) lists.set(term, list);
      }
      all.push({ docs, deletions: undefined, lists });
    }
    const storedBytes = meter.since(before).readBytes;
    return new ExhaustiveSnapshot(manifest, { postings, storedBytes }, all, images);
  }

  docFreq(term: string): number {
    return docFreqOf(this.#lists, term);
  }

  /** The best k by scoring every document that matches. */
  rank(query: QueryTerms, k: number): ScoredImage[] {
    const collection = collectionOf(this.manifest);
    const { top } = evaluateExhaustively(this.#lists, query, collection, DEFAULT_PARAMS, k);
    return top.map(({ doc, score }) => ({ imageId: this.#images[doc]!, score }));
  }
}
