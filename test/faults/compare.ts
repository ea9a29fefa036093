import type { Totals } from '../../lib/domain/usage.ts';
import { KEY, RESERVED, VIEWS, type Facts } from './observe.ts';

/**
 * What differs from the run without faults, by the short names of observe.ts. What may differ, and why:
 *
 * | may differ                                 | because                                                             |
 * | ------------------------------------------ | ------------------------------------------------------------------- |
 * | ids of segments, keys and messages         | they are made up                                                    |
 * | times, sequencers, revisions               | what is tried again comes later                                     |
 * | read and write units                       | what is tried again costs again                                     |
 * | calls of the model, counted views, tokens  | an answer that nobody heard is asked for again, and both cost money |
 * | number of segments, order of equal hits    | batches are other ones; compared after a merge of everything        |
 * | what a purge has removed, below the whole   | an attempt that failed has told nobody; the proof is its last scan  |
 * | versions of one thumbnail                  | the same picture is put again                                       |
 * | room that is reserved, more for an hour     | a worker that dies after it has reserved room answers nobody         |
 */
export function differencesOf(expected: Facts, found: Facts): string[] {
  const canSee = expected[KEY] === found[KEY];
  const names = Object.keys(expected).filter(
    (name) => name !== VIEWS && !isReserved(name) && (name in found || canSee),
  );
  const differing = names.filter((name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]));
  if (!canSee) return differing;
  return [
    ...differing,
    ...(isCountedRight(expected[VIEWS], found[VIEWS]) ? [] : [VIEWS]),
    ...Object.keys(expected)
      .filter((name) => isReserved(name) && name in found)
      .filter((name) => !isAtLeast(expected[name], found[name])),
  ];
}

/** At the end, and before a chapter. */
const isReserved = (name: string): boolean => name === RESERVED || name.startsWith(`${RESERVED} before `);

/** Sums that a lost worker may leave too high, and nothing may leave too low. */
function isAtLeast(expected: unknown, found: unknown): boolean {
  if (expected === undefined) return true;
  const [least, seen] = [expected, found] as (Totals | undefined)[];
  return seen !== undefined && seen.images >= least!.images && seen.bytes >= least!.bytes;
}

/** At least what the run without faults has counted, and no more than was asked for. */
function isCountedRight(expected: unknown, found: unknown): boolean {
  if (expected === undefined) return true;
  if (!Array.isArray(expected) || !Array.isArray(found)) return false;
  const [leastViews, leastInput, leastOutput] = expected as number[];
  const [views, input, output, asked] = found as number[];
  return views! >= leastViews! && input! >= leastInput! && output! >= leastOutput! && views! <= asked!;
}
