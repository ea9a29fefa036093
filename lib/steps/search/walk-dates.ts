import { FIRST_YEAR, LAST_YEAR, partsOfDate, type DateOrder } from '../../domain/calendar-date.ts';
import type { ImageId } from '../../domain/ids.ts';
import { countDocs, docsOf, without, withTerm, type DocSets } from '../../query/evaluate/match-sets.ts';
import { missingChunks, type SegmentPostings } from '../../query/evaluate/segment-postings.ts';
import { dateTerm } from '../../text/fact-terms.ts';
import type { IndexReader } from '../index/index-reader.ts';

/** A place in an answer that is sorted by date. */
export interface DatePlace {
  readonly order: DateOrder;
  readonly tier: number;
  /** The document that was looked at last; absent at the beginning of a tier. */
  readonly last?: LastDocument;
  /** How many documents were looked at up to there. */
  readonly looked: number;
  /** How many matches earlier pages had. */
  readonly found: number;
}

/** An image by its date. */
export interface ImageAt {
  readonly time: string;
  readonly imageId: ImageId;
}

/** In a period of too many images to sort, the number of the document stands for the image. */
export type LastDocument = ImageAt | { readonly time: string; readonly doc: number };

/** Documents of one time. */
export interface DateBucket {
  /** A year, month, day or hour; empty for all there are, and for those without a date. */
  readonly period: string;
  /** Whether it has what is left of the period once all of its parts are taken out: the documents of which no more is known. */
  readonly isRest: boolean;
  /** Numbered through the segments, ascending. */
  readonly docs: readonly number[];
}

/** All that is walked by. */
interface Walk {
  readonly index: IndexReader;
  readonly order: DateOrder;
  readonly atMost: number;
  /** Where to begin: what lies before this time, or before all that has none, is left out as far as its terms tell. */
  readonly from: string | undefined;
}

const ALL = '';
const HOUR_CHARS = 'YYYY-MM-DDTHH'.length;
const DAY_CHARS = 'YYYY-MM-DD'.length;

/**
 * Documents by date. It goes down from years to months, days and hours, and no further than to periods that have few of them; of one hour, or
 * without a date, there may be many. It reads the lists of the periods that it comes by, and of their neighbours what is in the same items of a
 * directory.
 * @param atMost documents of a period that is not divided
 */
export async function* walkDates(sets: DocSets, walk: Walk): AsyncGenerator<DateBucket> {
  yield* walkPeriod(ALL, sets, walk);
}

async function* walkPeriod(period: string, sets: DocSets, walk: Walk): AsyncGenerator<DateBucket> {
  const { index, order, atMost } = walk;
  const { segments } = index.manifest;
  const count = countDocs(sets);
  if (count === 0) return;
  if (count <= atMost || period.length === HOUR_CHARS) {
    yield { period, isRest: false, docs: docsOf(sets, segments) };
    return;
  }
  const parts = await partsOf(period, index);
  if (order === 'newest') parts.reverse();
  const postings = await index.postings(parts.map(dateTerm), { areNeighbours: true });
  const documentsOf = async (part: string) => {
    await readLists(index, postings, dateTerm(part));
    return withTerm(sets, postings, dateTerm(part));
  };
  async function* rest(): AsyncGenerator<DateBucket> {
    let left = sets;
    for (const part of parts) left = without(left, await documentsOf(part));
    const docs = docsOf(left, segments);
    if (docs.length > 0) yield { period, isRest: true, docs };
  }
  // A picture of which the day is known alone is of its beginning. Those without a date are the last.
  const restIsFirst = order === 'oldest' && period !== ALL;
  if (restIsFirst) yield* rest();
  for (const part of parts) if (!isBefore(part, walk)) yield* walkPeriod(part, await documentsOf(part), walk);
  // Whoever has a year has a month and a day of it.
  if (!restIsFirst && (period === ALL || period.length === DAY_CHARS)) yield* rest();
}

/** Whether all of a period lies before the place at which the walk begins. */
function isBefore(part: string, { order, from }: Walk): boolean {
  if (from === undefined) return false;
  if (from === ALL) return true;
  const there = from.slice(0, part.length);
  return order === 'newest' ? part > there : part < there;
}

/** Ascending. Of four hundred years those alone that pictures have. */
async function partsOf(period: string, index: IndexReader): Promise<string[]> {
  if (period !== ALL) return partsOfDate(period);
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => String(FIRST_YEAR + i));
  const docFreqs = await index.docFreqs(years.map(dateTerm), { areNeighbours: true });
  return years.filter((year) => docFreqs.get(dateTerm(year))! > 0);
}

async function readLists(index: IndexReader, postings: readonly SegmentPostings[], term: string) {
  const wanted = missingChunks(postings, [term]);
  if (wanted.length > 0) await index.readChunks(postings, wanted);
}
