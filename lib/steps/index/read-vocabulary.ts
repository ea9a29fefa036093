import { answersFor } from '../../index/segment/directory.ts';
import type { Directory, VocabularyTerm } from '../../index/segment/directory-entry.ts';
import type { SegmentEntry } from '../../index/segment/manifest.ts';
import { compareTerms } from '../../index/segment/term-spelling.ts';
import { isDerived } from '../../text/index-terms.ts';
import type { SnapshotItems } from './snapshot-items.ts';

/** Directory items read of one segment for one prefix; a short prefix of a large vocabulary is cut there. */
const MAX_ITEMS = 4;
/** Reads of one segment at a time. */
const LANES = 8;

/** Words of the index that begin so, or terms that are no words where the beginning is none, the most frequent first, as far as four items a segment hold them. */
export async function readTermsFrom(items: SnapshotItems, prefix: string): Promise<VocabularyTerm[]> {
  const docFreqs = new Map<string, number>();
  await Promise.all(
    items.segments.map((segment) =>
      walkBeginnings(items, segment, [prefix], (_, directory) => {
        for (const term of directory.terms) {
          if (!term.startsWith(prefix) || (isDerived(term) && !isDerived(prefix))) continue;
          docFreqs.set(term, (docFreqs.get(term) ?? 0) + directory.entry(term)!.docFreq);
        }
      }),
    ),
  );
  return Array.from(docFreqs, ([term, docFreq]) => ({ term, docFreq })).sort(
    (a, b) => b.docFreq - a.docFreq || (a.term < b.term ? -1 : 1),
  );
}

/**
 * Words of the index that begin in one of these ways, in an order that does not hang on which read ends first. Neighbours are answered by one
 * read of their directory item; of each beginning as many are found as four items of a segment hold.
 */
export async function readTermsFromAny(
  items: SnapshotItems,
  prefixes: readonly string[],
): Promise<VocabularyTerm[]> {
  const docFreqs = new Map<string, number>();
  const begins = new Set(prefixes);
  await Promise.all(
    items.segments.map(async (segment) => {
      const sorted = [...begins].toSorted((a, b) => compareTerms(a, b, segment.format));
      const seen = new Set<string>();
      const see = (prefix: string, directory: Directory) => {
        for (const term of directory.terms) {
          if (!term.startsWith(prefix) || isDerived(term) || seen.has(term)) continue;
          seen.add(term);
          docFreqs.set(term, (docFreqs.get(term) ?? 0) + directory.entry(term)!.docFreq);
        }
      };
      await Promise.all(lanesOf(sorted).map((lane) => walkBeginnings(items, segment, lane, see)));
    }),
  );
  return Array.from(docFreqs, ([term, docFreq]) => ({ term, docFreq })).sort((a, b) =>
    a.term < b.term ? -1 : 1,
  );
}

/** Sees the directory items of a segment that have terms which begin so, four of each beginning at most. @param sorted neighbours together */
async function walkBeginnings(
  items: SnapshotItems,
  segment: SegmentEntry,
  sorted: readonly string[],
  see: (prefix: string, directory: Directory) => void,
): Promise<void> {
  let directory: Directory | undefined;
  for (const prefix of sorted) {
    let from: string | undefined = prefix;
    for (let read = 0; read < MAX_ITEMS && from?.startsWith(prefix); read += 1) {
      if (!directory || !answersFor(directory, from)) directory = await items.directory(segment, from);
      see(prefix, directory);
      from = directory.upTo;
    }
  }
}

/** Documents over all segments that have each term; neighbours are answered by one read of their directory item. */
export async function readDocFreqs(
  items: SnapshotItems,
  terms: readonly string[],
  areNeighbours = false,
): Promise<ReadonlyMap<string, number>> {
  const docFreqs = new Map(terms.map((term) => [term, 0]));
  const see = (term: string, directory: Directory) => {
    const found = directory.entry(term);
    if (found) docFreqs.set(term, docFreqs.get(term)! + found.docFreq);
  };
  await walkDirectories(items, terms, see, areNeighbours);
  return docFreqs;
}

/**
 * Sees of every segment the directory item that answers for each of many terms, and reads it once.
 * @param areNeighbours whether the first item may answer for most of them: it is read before the others
 */
async function walkDirectories(
  items: SnapshotItems,
  terms: readonly string[],
  see: (term: string, directory: Directory) => void,
  areNeighbours = false,
): Promise<void> {
  const walk = async (segment: SegmentEntry) => {
    const sorted = terms.toSorted((a, b) => compareTerms(a, b, segment.format));
    const first = areNeighbours ? await items.directory(segment, sorted[0]!) : undefined;
    const answered = first ? sorted.filter((term) => answersFor(first, term)) : [];
    for (const term of answered) see(term, first!);
    await Promise.all(
      lanesOf(sorted.slice(answered.length)).map(async (lane) => {
        let directory: Directory | undefined;
        for (const term of lane) {
          if (!directory || !answersFor(directory, term)) directory = await items.directory(segment, term);
          see(term, directory);
        }
      }),
    );
  };
  await Promise.all(items.segments.map(walk));
}

/** Neighbours together, in as many parts as are read at a time. */
function lanesOf(sorted: readonly string[]): string[][] {
  const share = Math.ceil(sorted.length / LANES);
  return Array.from({ length: LANES }, (_, lane) => sorted.slice(lane * share, (lane + 1) * share));
}
