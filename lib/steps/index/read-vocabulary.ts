import type { TenantId } from '../../domain/ids.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import type { VocabularyTerm } from '../../query/plan/resolve-prefixes.ts';
import { answersFor, openDirectory } from '../../index/segment/directory.ts';
import type { Directory } from '../../index/segment/directory-entry.ts';
import type { Manifest, SegmentEntry } from '../../index/segment/manifest.ts';
import { compareUtf8 } from '../../index/bytes/utf8-order.ts';
import { isDerived } from '../../text/index-terms.ts';
import { readSingleItemSegment } from './read-single-item-segment.ts';

/** Directory items read of one segment for one prefix; a short prefix of a large vocabulary is cut there. */
const MAX_ITEMS = 4;
/** Reads of one segment at a time. */
const LANES = 8;

/** Words of the index that begin so, the most frequent first, as far as four items a segment hold them. */
export async function readTermsFrom(
  store: SegmentStore,
  tenant: TenantId,
  { segments }: Manifest,
  prefix: string,
): Promise<VocabularyTerm[]> {
  const docFreqs = new Map<string, number>();
  await Promise.all(
    segments.map(async (segment) => {
      let from: string | undefined = prefix;
      for (let items = 0; items < MAX_ITEMS && from?.startsWith(prefix); items += 1) {
        const directory: Directory | undefined = await readDirectory(store, tenant, segment, from);
        for (const term of directory?.terms ?? []) {
          if (!term.startsWith(prefix) || isDerived(term)) continue;
          docFreqs.set(term, (docFreqs.get(term) ?? 0) + directory!.entry(term)!.docFreq);
        }
        from = directory?.upTo;
      }
    }),
  );
  return Array.from(docFreqs, ([term, docFreq]) => ({ term, docFreq })).sort(
    (a, b) => b.docFreq - a.docFreq || (a.term < b.term ? -1 : 1),
  );
}

/** Documents over all segments that have each term; neighbours are answered by one read of their directory item. */
export async function readDocFreqs(
  store: SegmentStore,
  tenant: TenantId,
  { segments }: Manifest,
  terms: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const docFreqs = new Map(terms.map((term) => [term, 0]));
  const sorted = terms.toSorted(compareUtf8);
  const share = Math.ceil(sorted.length / LANES);
  const lanes = Array.from({ length: LANES }, (_, lane) => sorted.slice(lane * share, (lane + 1) * share));
  await Promise.all(
    segments.flatMap((segment) =>
      lanes.map(async (lane) => {
        let directory: Directory | undefined;
        for (const term of lane) {
          if (!directory || !answersFor(directory, term)) {
            directory = await readDirectory(store, tenant, segment, term);
          }
          const found = directory?.entry(term);
          if (found) docFreqs.set(term, docFreqs.get(term)! + found.docFreq);
        }
      }),
    ),
  );
  return docFreqs;
}

/** The item that answers for a term; undefined when it is not to be had, which costs a suggestion and no more. */
async function readDirectory(
  store: SegmentStore,
  tenant: TenantId,
  segment: SegmentEntry,
  term: string,
): Promise<Directory | undefined> {
  if (segment.isSingleItem) return (await readSingleItemSegment(store, tenant, segment)).directory;
  for (const consistent of [false, true]) {
    const found = await store.findDirectory(tenant, segment.id, term, { consistent });
    if (!found) continue;
    const directory = openDirectory(found.body, { segmentId: segment.id, sk: found.sk });
    if (answersFor(directory, term)) return directory;
  }
  return undefined;
}
