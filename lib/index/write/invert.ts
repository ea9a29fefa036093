import type { DocumentTerms } from '../../text/document-terms.ts';
import type { Postings } from '../postings/postings.ts';
import { compareUtf8 } from '../bytes/utf8-order.ts';

/** Postings lists of documents numbered in the order given, sorted by term. */
export function invert(documents: readonly DocumentTerms[]): [term: string, postings: Postings][] {
  const rows = new Map<string, { docIds: number[]; termFreqs: number[] }>();
  for (const [docId, { termFreqs }] of documents.entries()) {
    for (const [term, termFreq] of termFreqs) {
      let row = rows.get(term);
      if (!row) rows.set(term, (row = { docIds: [], termFreqs: [] }));
      row.docIds.push(docId);
      row.termFreqs.push(termFreq);
    }
  }
  return [...rows]
    .sort(([a], [b]) => compareUtf8(a, b))
    .map(([term, { docIds, termFreqs }]) => [
      term,
      {
        docIds: Uint32Array.from(docIds),
        termFreqs: Uint32Array.from(termFreqs),
        docLens: Uint32Array.from(docIds, (docId) => documents[docId]!.docLen),
      },
    ]);
}
