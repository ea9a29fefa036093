import { daysOf, FIRST_YEAR, LAST_YEAR, partsOfDate } from '../../domain/calendar-date.ts';
import { dateTerm } from '../../text/fact-terms.ts';

interface Days {
  /** Both included. */
  readonly first: string;
  readonly last: string;
}

const FIRST_DAY = `${FIRST_YEAR}-01-01`;
const LAST_DAY = `${LAST_YEAR}-12-31`;

/**
 * The terms that one of which a picture of these days has: whole years, then months, then days, as few as can be.
 * @param date as "2024", "2024-05" or "2024-05-17"; undefined for what is no such date
 */
export function termsOfDates(field: 'date' | 'before' | 'after', date: string): string[] | undefined {
  const days = daysOf(date);
  if (!days) return undefined;
  switch (field) {
    case 'date':
      return [dateTerm(date)];
    case 'before':
      return termsWithin({ first: FIRST_DAY, last: dayBefore(days.first) });
    case 'after':
      return termsWithin({ first: dayAfter(days.last), last: LAST_DAY });
  }
}

function termsWithin(range: Days): string[] {
  const terms: string[] = [];
  for (let year = Number(range.first.slice(0, 4)); year <= Number(range.last.slice(0, 4)); year += 1)
    addWithin(String(year), range, terms);
  return terms;
}

/** A year, month or day that is within the days as a whole, or its parts that are. */
function addWithin(date: string, range: Days, terms: string[]): void {
  const { first, last } = daysOf(date)!;
  if (last < range.first || first > range.last) return;
  if (first >= range.first && last <= range.last) terms.push(dateTerm(date));
  else for (const part of partsOfDate(date)) addWithin(part, range, terms);
}

const DAY_MS = 24 * 3_600_000;
const shifted = (day: string, byMs: number): string =>
  new Date(Date.parse(day) + byMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
const dayBefore = (day: string) => shifted(day, -DAY_MS);
const dayAfter = (day: string) => shifted(day, DAY_MS);
