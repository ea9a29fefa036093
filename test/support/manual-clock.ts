import type { WaitingClock } from '../../infra/local/waiting-clock.ts';

/** A clock that stands still until a test moves it. */
export class ManualClock implements WaitingClock {
  #nowMs = 1_700_000_000_000;
  readonly #waiting = new Set<{ readonly dueMs: number; readonly wake: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const entry = {
        dueMs: this.#nowMs + ms,
        wake: () => {
          this.#waiting.delete(entry);
          signal?.removeEventListener('abort', entry.wake);
          resolve();
        },
      };
      this.#waiting.add(entry);
      signal?.addEventListener('abort', entry.wake);
    });
  }

  /** How long each wait that is under way still takes. */
  waitsMs(): number[] {
    return [...this.#waiting].map(({ dueMs }) => dueMs - this.#nowMs);
  }

  /** Lets time pass and ends the waits that are over. */
  advance(ms: number): void {
    this.#nowMs += ms;
    for (const { dueMs, wake } of [...this.#waiting]) if (dueMs <= this.#nowMs) wake();
  }
}
