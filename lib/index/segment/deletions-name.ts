import { segmentIdOf } from '../../domain/ids.ts';

const NAME = /^([0-9a-z]{9})-[0-9a-f]{16}$/;

/**
 * A name for the deletions of a segment, used once. It begins with the time of the oldest deletion, in the form
 * of a segment id. So the manifest tells how long deleted postings have been waiting to be removed.
 * @param random 16 hexadecimal digits
 */
export const deletionsName = (oldestMs: number, random: string): string => segmentIdOf(oldestMs, random);

/** The time in a name, in milliseconds; 0 for a name from before names had times. */
export function oldestDeletionMs(name: string): number {
  const [, time] = NAME.exec(name) ?? [];
  return time === undefined ? 0 : Number.parseInt(time, 36);
}
