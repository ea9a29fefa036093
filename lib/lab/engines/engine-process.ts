/**
 * Measures one engine in a process of its own, so that its memory, its threads and its garbage are its own and its
 * end ends nobody else. run-apart.ts starts it with --expose-gc, sends one task and waits for one outcome.
 */
import { endWithParent } from '../../../infra/local/end-with-parent.ts';
import { loadEngine } from './catalog.ts';
import { measureEngine } from './measure-engine.ts';
import type { ApartOutcome, ApartTask } from './run-apart.ts';

endWithParent(); // done, or nobody waits for it any more
process.once('message', (task: ApartTask) => {
  void measure(task).then((outcome) => process.send!(outcome, () => process.disconnect()));
});

async function measure({ engine, folder, ...task }: ApartTask): Promise<ApartOutcome> {
  try {
    return await measureEngine(await loadEngine(engine), task, folder, heapBytes);
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function heapBytes(): number {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
