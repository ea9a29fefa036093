import { GlossError } from '../../domain/errors.ts';
import type { Waiting } from '../../domain/image.ts';
import { reasonText } from '../../domain/visible-text.ts';
import type { WaitCode } from '../../domain/wait-code.ts';
import type { WaitLane } from '../../ports/waiting-images.ts';
import { BUDGET_USED_UP } from './month-budget.ts';

/** Why a picture cannot be described now, and when it is tried again at the latest. */
export interface Wait {
  readonly lane: WaitLane;
  readonly code: WaitCode;
  readonly reason: string;
  readonly untilMs: number;
  /** Whether it was tried. */
  readonly tried: boolean;
}

/** What describing ends with where the model will not be asked now: nothing is wrong with the picture. */
export class ModelAway extends Error {
  readonly code: WaitCode;

  constructor(code: WaitCode, message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ModelAway';
    this.code = code;
  }
}

/** A busy model lets every view wait; one that gives no answer only where it answers about no view. */
const BUSY: ReadonlySet<string> = new Set<WaitCode>(['model_throttled', 'model_quota']);
const SILENT: ReadonlySet<string> = new Set<WaitCode>(['model_unavailable']);

/** That the model is away, if failures of views say so. @param answers that there are of the other views */
export function modelAway(failures: readonly unknown[], answers: number): ModelAway | undefined {
  const errors = failures.filter((error) => error instanceof GlossError);
  const away =
    errors.find(({ code }) => BUSY.has(code)) ??
    (answers === 0 ? errors.find(({ code }) => SILENT.has(code)) : undefined);
  return away && new ModelAway(away.code as WaitCode, away.message, away);
}

const MINUTE_MS = 60_000;
const FIRST_WAIT_MS = 5 * MINUTE_MS;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

/** About a day. A model that gives no answer about a picture for so long may give none to anybody who asks about it. */
const MOST_TRIES_UNANSWERED = 24;

/**
 * For the model, twice as long after each try, up to an hour. A quota of the day is asked for each hour.
 * @returns undefined where it is given up, so that the image fails
 */
export function waitForModel(
  { code, message }: ModelAway,
  before: Waiting | undefined,
  nowMs: number,
): Wait | undefined {
  const tries = before?.tries ?? 0;
  if (SILENT.has(code) && tries >= MOST_TRIES_UNANSWERED) return undefined;
  const waitMs =
    code === 'model_quota' ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  return { lane: 'model', code, reason: reasonText(message), untilMs: nowMs + waitMs, tried: true };
}

/** For the next month, in which the budget begins anew. */
export const waitForBudget = (reason: string, nowMs: number): Wait => ({
  lane: 'budget',
  code: BUDGET_USED_UP,
  reason,
  untilMs: startOfNextMonthMs(nowMs),
  tried: false,
});

function startOfNextMonthMs(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
}
