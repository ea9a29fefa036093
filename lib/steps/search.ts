import type { SearchFigures } from '../domain/figures.ts';
import type { Gloss } from '../domain/gloss.ts';
import type { ImageRecord } from '../domain/image.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';
import type { Glosses } from '../ports/glosses.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import { matchedViews, type MatchedView } from '../query/evidence.ts';
import type { Query } from '../query/parse-query.ts';
import { queryTerms } from '../query/query-terms.ts';
import type { Bm25Params } from '../rank/bm25.ts';
import type { Explanation } from '../rank/explain.ts';
import { rankSnapshot, type RankDeps, type Ranking } from './rank-snapshot.ts';

export interface SearchDeps extends RankDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
}

/** One answer: the image, its score, the views that earned it (best first), and the score taken apart. */
export interface Hit {
  readonly imageId: ImageId;
  readonly score: number;
  readonly record: ImageRecord;
  readonly gloss: Gloss;
  readonly views: readonly MatchedView[];
  readonly explanation: Explanation;
}

export interface SearchAnswer {
  /** How many images match: exactly, or as far as it was worth counting. */
  readonly total: number;
  readonly totalIs: Ranking['totalIs'];
  readonly hits: readonly Hit[];
  readonly figures: SearchFigures;
}

/**
 * Ranks the images of one snapshot of a tenant's index by BM25. Nothing matching means no hits. Equal scores
 * keep the order of insertion.
 * @param limit hits wanted, at most 100
 */
export async function search(
  deps: SearchDeps,
  tenant: TenantId,
  query: Query,
  limit: number,
  params: Bm25Params,
): Promise<SearchAnswer> {
  const start = performance.now();
  const { ranked, ...answer } = await rankSnapshot(deps, tenant, queryTerms(query), limit, params);
  const ids = ranked.map(({ imageId }) => imageId);
  const [records, glosses] = await Promise.all([
    deps.records.getMany(tenant, ids),
    deps.glosses.getMany(tenant, ids),
  ]);
  const hits = ranked.flatMap(({ imageId, score, explanation }): Hit[] => {
    const record = records.get(imageId);
    const gloss = glosses.get(imageId);
    if (!record || !gloss || record.status === 'removed') return []; // went while we searched
    const weights = new Map(explanation.terms.map(({ term, idf }) => [term, idf]));
    return [{ imageId, score, record, gloss, views: matchedViews(gloss, weights), explanation }];
  });
  return { ...answer, hits, figures: { ...answer.figures, totalMs: performance.now() - start } };
}
