import { expect, it } from 'vitest';
import { parseImageId } from '../../../lib/domain/ids.ts';
import type { NewsWait } from '../../../lib/domain/messages.ts';
import { delaySecOf, isGivenUp, waitOnce } from '../../../lib/domain/waiting-news.ts';

const first = parseImageId('0'.repeat(32));
const last = parseImageId('f'.repeat(32));
const wait = (turns: number, failures = 0): NewsWait => ({ sinceMs: 0, turns, failures });

it('waits twice as long every time, up to what SQS allows, spread over half of that', () => {
  const at = { nowMs: 0, notBeforeMs: 0 };
  const turns = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1_000];
  expect(turns.map((turn) => delaySecOf(wait(turn), first, at))).toEqual([
    2, 4, 8, 16, 32, 64, 128, 256, 450, 450, 450,
  ]);
  expect(turns.map((turn) => delaySecOf(wait(turn), last, at))).toEqual([
    4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900,
  ]);
});

it('waits until the circuit closes, and a little longer so that not all come at once', () => {
  const at = { nowMs: 1_000, notBeforeMs: 41_000 };
  expect(delaySecOf(wait(3), first, at)).toBe(42);
  expect(delaySecOf(wait(3), last, at)).toBe(44);
  expect(delaySecOf(wait(3), first, { nowMs: 0, notBeforeMs: 900_000 })).toBe(900);
});

it('counts turns, and failures apart', () => {
  const once = waitOnce(undefined, { hasFailed: false, nowMs: 7 });
  expect(once).toEqual({ sinceMs: 7, turns: 1, failures: 0 });
  expect(waitOnce(once, { hasFailed: true, nowMs: 9 })).toEqual({ sinceMs: 7, turns: 2, failures: 1 });
});

it('is given up after twelve failures, or after three days whatever the turns', () => {
  const days = 24 * 3_600_000;
  expect(isGivenUp(wait(5_000, 11), 3 * days)).toBe(false);
  expect(isGivenUp(wait(1, 12), 0)).toBe(true);
  expect(isGivenUp(wait(1), 3 * days + 1)).toBe(true);
});
