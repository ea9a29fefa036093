/** Loaded with --import into every process that a test starts: it ends when the test's process is gone. */
import { isMainThread } from 'node:worker_threads';
import { endWithParent } from '../../infra/local/end-with-parent.ts';

if (isMainThread) {
  endWithParent();
  process.channel!.unref(); // the channel alone keeps no process that is done
}
