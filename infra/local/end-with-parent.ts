import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 500;

/** A thread of its own, because the main thread may be in a loop without end. */
const WATCH = `
  const { workerData: parent } = require('node:worker_threads');
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, ${LOOK_EVERY_MS});`;

/**
 * Ends this process when the one that started it is gone, whatever ended that one and whatever this one is doing. Call it
 * first. The process must have been started with an IPC channel, which closes with the parent.
 */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit());
  const workerData = process.ppid;
  if (!process.connected) process.exit(); // the parent went while this process was starting
  const resourceLimits = { maxOldGenerationSizeMb: 8 };
  new Worker(WATCH, { eval: true, execArgv: [], workerData, resourceLimits }).unref();
}
