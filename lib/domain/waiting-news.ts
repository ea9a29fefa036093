import type { ImageId } from './ids.ts';
import type { NewsWait } from './messages.ts';

const FIRST_WAIT_SEC = 4;
/** SQS delays a message by at most so much: Amazon SQS Developer Guide, "Message quotas". */
const LONGEST_WAIT_SEC = 900;
/** Calls of the receiver that failed for one state. */
const MOST_FAILURES = 12;
const LONGEST_AGE_MS = 3 * 24 * 3_600_000;

/** Whether a state is told no more: the receiver has refused it too often, or has been away for days. */
export const isGivenUp = ({ failures, sinceMs }: NewsWait, nowMs: number): boolean =>
  failures >= MOST_FAILURES || nowMs - sinceMs > LONGEST_AGE_MS;

/** How news that could not be told now goes on waiting. */
export const waitOnce = (
  wait: NewsWait | undefined,
  { hasFailed, nowMs }: { readonly hasFailed: boolean; readonly nowMs: number },
): NewsWait => ({
  sinceMs: wait?.sinceMs ?? nowMs,
  turns: (wait?.turns ?? 0) + 1,
  failures: (wait?.failures ?? 0) + (hasFailed ? 1 : 0),
});

/**
 * Seconds until the next turn: twice as many every time, so that many that wait for one receiver keep no workers busy, and
 * spread by the image's id, so that they do not come at once.
 * @param notBeforeMs from when on it can make sense
 */
export function delaySecOf(
  { turns }: NewsWait,
  imageId: ImageId,
  { nowMs, notBeforeMs }: { readonly nowMs: number; readonly notBeforeMs: number },
): number {
  const waitSec = Math.min(LONGEST_WAIT_SEC, FIRST_WAIT_SEC * 2 ** Math.min(turns - 1, 10));
  const share = Number.parseInt(imageId.slice(0, 8), 16) / 2 ** 32;
  const spreadSec = (waitSec / 2) * (1 + share);
  const restSec = Math.max(0, notBeforeMs - nowMs) / 1000;
  return Math.min(LONGEST_WAIT_SEC, Math.ceil(Math.max(spreadSec, restSec + spreadSec / 4)));
}
