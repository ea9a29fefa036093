import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem, NoAnswer } from './client.ts';
import { CommandError } from '../terminal/command-error.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * Tries again through an outage: a stack that is killed and started again in the middle costs time and nothing
 * else. An outage is shared, so that a service that is gone for good is not waited for once for every file.
 */
export class Patience {
  readonly #limitMs: number;
  readonly #onWait: (reason: string) => void;
  #brokenSinceMs: number | undefined;

  /** @param onWait hears once of every outage */
  constructor(limitMs: number, onWait: (reason: string) => void) {
    this.#limitMs = limitMs;
    this.#onWait = onWait;
  }

  /** @throws what the attempt throws: at once when trying again cannot help, else when patience ends. */
  async keepTrying<T>(attempt: () => Promise<T>): Promise<T> {
    let firstFailureMs: number | undefined;
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS)) {
      try {
        const result = await attempt();
        this.#brokenSinceMs = undefined;
        return result;
      } catch (error) {
        if (!mayPass(error)) throw error;
        if (this.#brokenSinceMs === undefined) this.#onWait(error.message);
        const nowMs = performance.now();
        this.#brokenSinceMs ??= nowMs;
        firstFailureMs ??= nowMs;
        if (nowMs + delayMs - Math.min(firstFailureMs, this.#brokenSinceMs) > this.#limitMs) throw error;
      }
      await sleep(delayMs);
    }
  }
}

/** Storage did not take a file at the address that the API had given. */
export class PostRefused extends CommandError {
  readonly status: number;

  constructor(status: number) {
    super('post_refused', `storage refused the file with status ${status}`);
    this.status = status;
  }
}

/** A full quota does not empty itself while a command waits. */
const isForGood = ({ code }: ApiProblem): boolean => code === 'images_limit' || code === 'bytes_limit';

function mayPass(error: unknown): error is Error {
  if (error instanceof NoAnswer) return true;
  if (error instanceof CommandError && error.code === 'no_service') return true; // it may be starting again
  if (error instanceof ApiProblem) return error.status >= 500 || (error.status === 429 && !isForGood(error));
  if (error instanceof PostRefused) return error.status >= 500 || [403, 408, 429].includes(error.status); // 403: expired
  return false;
}
