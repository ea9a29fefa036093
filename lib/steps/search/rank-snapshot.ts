import { GlossError } from '../../domain/errors.ts';
import type { SearchFigures } from '../../domain/figures.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { Manifests } from '../../ports/manifests.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { evaluate } from '../../query/evaluate/evaluate.ts';
import type { Evaluation } from '../../query/evaluate/evaluation.ts';
import { termsToRead, type QueryTerms } from '../../query/plan/query-terms.ts';
import { docFreqIn } from '../../query/evaluate/segment-index.ts';
import type { Bm25Params } from '../../rank/bm25.ts';
import { explain, type Explanation } from '../../rank/explain.ts';
import { collectionOf, type Manifest } from '../../index/segment/manifest.ts';
import { resolveImageIds } from '../index/resolve-image-ids.ts';
import { openSnapshot, readChunks } from '../index/open-snapshot.ts';

export interface RankDeps {
  readonly manifests: Manifests;
  readonly segments: SegmentStore;
}

interface RankedDocument {
  readonly imageId: ImageId;
  readonly score: number;
  readonly explanation: Explanation;
}

/** An answer before its images are looked up: what an evaluation of ranking needs. */
export interface Ranking {
  readonly total: number;
  readonly totalIs: Evaluation['totalIs'];
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
  const snapshot = await openSnapshot(store, tenant, manifest, termsToRead(terms));
  const evaluation = evaluate(snapshot, terms, collection, params, limit);
  let evaluateMs = 0;
  const advance = () => {
    const start = performance.now();
    const step = evaluation.next();
    evaluateMs += performance.now() - start;
    return step;
  };
  let step = advance();
  for (; !step.done; step = advance()) await readChunks(store, tenant, manifest, snapshot, step.value);
  const { top, total, totalIs, postings } = step.value;
  const imageIds = await resolveImageIds(
    store,
    tenant,
    manifest.segments,
    snapshot,
    top.map(({ doc }) => doc),
  );
  const scoring = terms.scoring.map((scored) => ({ ...scored, docFreq: docFreqIn(snapshot, scored.term) }));
  const ranked = top.map(({ score, docLen, termFreqs }, i) => {
    const present = scoring
      .map((scored, term) => ({ ...scored, termFreq: termFreqs[term]! }))
      .filter(({ termFreq }) => termFreq > 0);
    return { imageId: imageIds[i]!, score, explanation: explain(present, docLen, collection, params) };
  });
  const figures = { docCount: collection.docCount, segments: manifest.segments.length, postings, evaluateMs };
  return { total, totalIs, ranked, figures };
}
