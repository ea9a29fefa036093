/**
 * The order in which documents are numbered: by cluster where there are some, then by length, then as they came. Equal
 * lengths side by side cost the postings nearly nothing, bound each block's scores tightly, and put the short documents
 * first, which score most.
 * @param clusterOf a number for each document
 * @returns new place -> old place
 */
export function orderDocuments(docLens: Uint32Array, clusterOf?: Uint32Array): Uint32Array {
  const order = Uint32Array.from(docLens.keys());
  return order.sort(
    (a, b) => (clusterOf ? clusterOf[a]! - clusterOf[b]! : 0) || docLens[a]! - docLens[b]! || a - b,
  );
}
