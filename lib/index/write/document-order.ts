/**
 * The order in which documents are numbered: by cluster if there are clusters, then by length, then by
 * insertion. Equal lengths as neighbours take almost no bytes and make the bounds of blocks tight. Short
 * documents, which score most, come first.
 * @param clusterOf the cluster of each document
 * @returns new position -> old position
 */
export function orderDocuments(docLens: Uint32Array, clusterOf?: Uint32Array): Uint32Array {
  const order = Uint32Array.from(docLens.keys());
  return order.sort(
    (a, b) => (clusterOf ? clusterOf[a]! - clusterOf[b]! : 0) || docLens[a]! - docLens[b]! || a - b,
  );
}
