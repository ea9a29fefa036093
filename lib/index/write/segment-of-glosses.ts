import type { Gloss } from '../../domain/gloss.ts';
import type { SegmentId } from '../../domain/ids.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { documentTermsBy } from '../../text/document-terms.ts';
import { DocumentTable } from '../segment/document-table.ts';
import type { SegmentEntry } from '../segment/manifest.ts';
import { orderDocuments } from './document-order.ts';
import { invert } from './invert.ts';
import { writeSegment } from './write-segment.ts';
import type { SegmentItem } from '../segment/sort-keys.ts';

/** The items of a segment that holds these glosses, one an image; answers its entry. */
export function segmentOfGlosses(
  id: SegmentId,
  glosses: readonly Gloss[],
  analyzer: Analyzer,
): Generator<SegmentItem, SegmentEntry> {
  const unordered = glosses.map(documentTermsBy(analyzer));
  const order = orderDocuments(Uint32Array.from(unordered, ({ docLen }) => docLen));
  const terms = Array.from(order, (i) => unordered[i]!);
  const entries = terms.map(({ docLen }, docId) => {
    const { imageId, sequencer } = glosses[order[docId]!]!;
    return { imageId, sequencer, docLen };
  });
  return writeSegment(id, DocumentTable.from(entries, entries.length), invert(terms));
}
