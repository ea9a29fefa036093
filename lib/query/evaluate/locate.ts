/** The segment of a document of the snapshot, and its docId there. */
export function locate(
  segments: readonly { readonly docs: number }[],
  doc: number,
): { segment: number; docId: number } {
  let docId = doc;
  let segment = 0;
  for (; docId >= segments[segment]!.docs; segment += 1) docId -= segments[segment]!.docs;
  return { segment, docId };
}
