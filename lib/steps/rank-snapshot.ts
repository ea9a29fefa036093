import { GlossError } from '../domain/errors.ts';
import type { SearchFigures } from '../domain/figures.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Manifests } from '../ports/manifests.ts';
import type { SegmentStore } from '../ports/segment-store.ts';
import { docFreqOf, evaluateExhaustively, type SegmentLists } from '../query/exhaustive.ts';
import { termsToRead, type QueryTerms } from '../query/query-terms.ts';
import type { ScoredDoc } from '../query/top-k.ts';
import type { Bm25Params } from '../rank/bm25.ts';
import { explain, type Explanation } from '../rank/explain.ts';
import { decodeDocuments, DOCUMENTS_PER_PAGE, pageOf, type DocumentEntry } from '../segment/documents.ts';
import { collectionOf, type Manifest } from '../segment/manifest.ts';
import { documentsKey } from '../segment/sort-keys.ts';
import { readLists } from './read-lists.ts';

export interface RankDeps {
  readonly manifests: Manifests;
  readonly segments: SegmentStore;
}

interface RankedDocument {
  readonly document: DocumentEntry;
  readonly score: number;
  readonly explanation: Explanation;
}

/** An answer before its images are looked up: what an evaluation of ranking needs. */
export interface Ranking {
  readonly total: number;
  readonly ranked: readonly RankedDocument[];
  readonly figures: Omit<SearchFigures, 'totalMs'>;
}

/** Ranks documents without reading records or glosses. @param limit documents wanted, any number */
export async function rankSnapshot(
  deps: RankDeps,
  tenant: TenantId,
  terms: QueryTerms,
  limit: number,
  params: Bm25Params,
): Promise<Ranking> {
  const manifest = await deps.manifests.read(tenant);
  try {
    return await rankManifest(deps.segments, tenant, manifest, terms, limit, params);
  } catch (error) {
    // A reader that was held up for minutes may find its segments merged and dropped; the new manifest is whole.
    const missing = error instanceof GlossError && error.code === 'segment_item_missing';
    const now = missing ? await deps.manifests.read(tenant) : manifest;
    if (now.version === manifest.version) throw error;
    return rankManifest(deps.segments, tenant, now, terms, limit, params);
  }
}

async function rankManifest(
  store: SegmentStore,
  tenant: TenantId,
  manifest: Manifest,
  terms: QueryTerms,
  limit: number,
  params: Bm25Params,
): Promise<Ranking> {
  const collection = collectionOf(manifest);
  const lists = await readLists(store, tenant, manifest, termsToRead(terms));
  const start = performance.now();
  const { top, total, postings } = evaluateExhaustively(lists, terms, collection, params, limit);
  const evaluateMs = performance.now() - start;
  const documents = await readDocuments(store, tenant, manifest, top);
  const scoring = terms.scoring.map((scored) => ({ ...scored, docFreq: docFreqOf(lists, scored.term) }));
  const ranked = top.map(({ doc, score }, i) => {
    const document = documents[i]!;
    const present = scoring.flatMap((scored) => {
      const termFreq = termFreqOf(manifest, lists, scored.term, doc);
      return termFreq === 0 ? [] : [{ ...scored, termFreq }];
    });
    return { document, score, explanation: explain(present, document.docLen, collection, params) };
  });
  const figures = { docCount: collection.docCount, segments: manifest.segments.length, postings, evaluateMs };
  return { total, ranked, figures };
}

/** Which segment a document of the snapshot is in, and its docId there. */
function locate({ segments }: Manifest, doc: number): { index: number; docId: number } {
  let docId = doc;
  let index = 0;
  for (; docId >= segments[index]!.docs; index += 1) docId -= segments[index]!.docs;
  return { index, docId };
}

async function readDocuments(
  store: SegmentStore,
  tenant: TenantId,
  manifest: Manifest,
  top: readonly ScoredDoc[],
): Promise<DocumentEntry[]> {
  const places = top.map(({ doc }) => {
    const { index, docId } = locate(manifest, doc);
    return { docId, key: { segmentId: manifest.segments[index]!.id, sk: documentsKey(pageOf(docId)) } };
  });
  const pages = await store.read(
    tenant,
    places.map(({ key }) => key),
  );
  return places.map(({ docId, key }, i) => decodeDocuments(pages[i]!, key)[docId % DOCUMENTS_PER_PAGE]!);
}

function termFreqOf(manifest: Manifest, lists: readonly SegmentLists[], term: string, doc: number): number {
  const { index, docId } = locate(manifest, doc);
  const list = lists[index]!.lists.get(term);
  if (!list) return 0;
  let low = 0;
  let high = list.docIds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list.docIds[middle]! < docId) low = middle + 1;
    else high = middle;
  }
  return list.docIds[low] === docId ? list.termFreqs[low]! : 0;
}
