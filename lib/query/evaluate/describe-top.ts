import type { RankedDoc } from './evaluation.ts';
import { locate } from './locate.ts';
import type { QueryTerms } from '../plan/query-terms.ts';
import type { SegmentPostings } from './segment-postings.ts';
import { countUpTo, type PostingsList } from './postings-list.ts';
import type { ScoredDoc } from './top-k.ts';

/** The best documents with the parts of their scores, taken from the lists that they were found by. */
export function describeTop(
  segments: readonly SegmentPostings[],
  { scoring }: QueryTerms,
  top: readonly ScoredDoc[],
): RankedDoc[] {
  return top.map(({ doc, score }) => {
    const { segment, docId } = locate(segments, doc);
    const postings = scoring.map(({ term }) => postingOf(segments[segment]!.lists.get(term), docId));
    return {
      doc,
      score,
      docLen: postings.find((posting) => posting !== undefined)?.docLen ?? 0,
      placedFreqs: postings.map((posting) => posting?.placedFreq ?? 0),
    };
  });
}

function postingOf(
  list: PostingsList | undefined,
  docId: number,
): { placedFreq: number; docLen: number } | undefined {
  const read = list?.postings();
  const at = countUpTo(read?.docIds ?? new Uint32Array(0), docId) - 1;
  if (read && read.docIds[at] === docId)
    return { placedFreq: read.placedFreqs[at]!, docLen: read.docLens[at]! };
  const topPostings = list?.topPostings?.postings;
  const among = topPostings?.docIds.indexOf(docId) ?? -1;
  return among < 0
    ? undefined
    : { placedFreq: topPostings!.placedFreqs[among]!, docLen: topPostings!.docLens[among]! };
}
