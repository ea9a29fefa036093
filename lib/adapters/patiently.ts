const ATTEMPTS = 10;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Tries again what met another writer at the same moment, which the SDK leaves to its caller: after pauses that grow
 * and are drawn by lot, so that two do not meet again.
 * @param busy the error of such a meeting
 */
export async function patiently<Result>(
  busy: abstract new (...args: never) => Error,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof busy) || attempt === ATTEMPTS) throw error;
      const longestMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
    }
  }
}
