import type { Progress } from '../../lib/lab/progress.ts';

/** A progress that nobody sees. */
export const SILENT: Progress = {
  phase: () => undefined,
  update: () => undefined,
  note: () => undefined,
  stop: () => undefined,
};
