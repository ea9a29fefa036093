import { vi } from 'vitest';

/** Ends a wait for what will never be. No machine is so busy that it needs this long. */
const LIMIT_MS = 240_000;

/** Repeats a check until it passes. @throws its last error when it has not passed after four minutes. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: LIMIT_MS, interval: 50 });
