import { earlinessStep, placedFreqOf } from '../../rank/placed-freq.ts';
import { MOST_PLACES, placesFrom } from '../postings/places.ts';
import type { DocumentTerms } from '../../text/document-terms.ts';
import type { Postings } from '../postings/postings.ts';
import { compareTerms } from '../segment/term-spelling.ts';

/** Postings lists of documents numbered in the order given, sorted by compareTerms. */
export function invert(documents: readonly DocumentTerms[]): [term: string, postings: Postings][] {
  const rows = new Map<string, { docIds: number[]; placedFreqs: number[]; places: (readonly number[])[] }>();
  for (const [docId, { mentions }] of documents.entries()) {
    for (const [term, { termFreq, earliness, places = [] }] of mentions) {
      let row = rows.get(term);
      if (!row) rows.set(term, (row = { docIds: [], placedFreqs: [], places: [] }));
      row.docIds.push(docId);
      row.placedFreqs.push(placedFreqOf(termFreq, earlinessStep(earliness)));
      row.places.push(termFreq > MOST_PLACES ? [] : places);
    }
  }
  return [...rows]
    .sort(([a], [b]) => compareTerms(a, b))
    .map(([term, { docIds, placedFreqs, places }]) => [
      term,
      {
        docIds: Uint32Array.from(docIds),
        placedFreqs: Uint32Array.from(placedFreqs),
        docLens: Uint32Array.from(docIds, (docId) => documents[docId]!.docLen),
        places: placesFrom(places),
      },
    ]);
}
