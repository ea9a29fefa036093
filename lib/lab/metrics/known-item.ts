/** How early one known item comes, over many queries that each look for one. */
export interface KnownItemFigures {
  readonly queries: number;
  /** Mean of 1/rank. Source: Kantor and Voorhees, "The TREC-5 confusion track", Information Retrieval 2 (2000). */
  readonly mrr: number;
  /** Shares of the queries whose item is among the first 1, 5 and 10. */
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
}

/** @param ranks from 1, one a query; undefined where the item was not found, which counts as 0 */
export function knownItemFigures(ranks: readonly (number | undefined)[]): KnownItemFigures {
  const found = ranks.filter((rank) => rank !== undefined);
  const share = (k: number) => found.filter((rank) => rank <= k).length / ranks.length;
  return {
    queries: ranks.length,
    mrr: found.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length,
    recallAt1: share(1),
    recallAt5: share(5),
    recallAt10: share(10),
  };
}
