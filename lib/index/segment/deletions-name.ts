import { segmentIdOf } from '../../domain/ids.ts';

const NAME = /^([0-9a-z]{9})-[0-9a-f]{16}$/;

/**
 * A name for the deletions of a segment, used once: it begins with the time of the oldest of them, as a segment's id does
 * with that of its making, so that the manifest tells how long postings have waited to be left out.
 * @param random 16 hexadecimal digits
 */
export const deletionsName = (oldestMs: number, random: string): string => segmentIdOf(oldestMs, random);

/** The time in a name; 0 for one that is older than this rule. */
export function oldestDeletionMs(name: string): number {
  const [, time] = NAME.exec(name) ?? [];
  return time === undefined ? 0 : Number.parseInt(time, 36);
}
