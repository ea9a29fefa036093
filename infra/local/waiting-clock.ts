import { setTimeout as delay } from 'node:timers/promises';

/** Time as the parts of the embedded stack see it. A test hands in one that it moves itself. */
export interface WaitingClock {
  nowMs(): number;
  /** Resolves when so much time has passed, or earlier when the signal aborts. Never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: WaitingClock = {
  nowMs: () => Date.now(),
  wait: (ms, signal) =>
    delay(ms, undefined, signal && { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    }),
};
