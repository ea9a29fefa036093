import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DetectorAnswer, DetectorJob } from './detector-worker.ts';
import type { Detection } from './nanodet-decode.ts';
import type { RgbPixels } from './nanodet-input.ts';

/**
 * Probability from which an object is reported: best F1 for whole pictures (lib/tools/measure-detector.ts), and better average
 * precision of searches than 0.35, with and without crops (`gloss eval DIR --photos`; docs/adr/0007-crops-by-default.md).
 */
export const MIN_SCORE = 0.3;

/** More threads than this cost memory (about 130 MB each) that a laptop has better uses for. */
const MAX_DEFAULT_WORKERS = 4;

export interface Detector {
  /** Objects in a picture, the surest first; pictures wait for a free thread in the order of the calls. */
  detect(pixels: RgbPixels, minScore?: number): Promise<readonly Detection[]>;
  close(): Promise<void>;
}

interface QueuedJob {
  readonly job: DetectorJob;
  readonly resolve: (detections: readonly Detection[]) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the threads and waits until each has loaded the network. */
export async function startDetector(
  workerCount = Math.min(availableParallelism(), MAX_DEFAULT_WORKERS),
): Promise<Detector> {
  const queue: QueuedJob[] = [];
  const idle: Worker[] = [];
  const running = new Map<Worker, QueuedJob>();
  const workers = new Set<Worker>();
  let failure: Error | undefined;

  function dispatch(): void {
    while (idle.length > 0 && queue.length > 0) {
      const worker = idle.pop()!;
      const next = queue.shift()!;
      running.set(worker, next);
      worker.postMessage(next.job);
    }
  }

  /** A thread that dies is a fault of the installation, not of a picture: every call fails and says why. */
  function fail(error: Error): void {
    failure ??= error;
    for (const { reject } of [...running.values(), ...queue]) reject(failure);
    running.clear();
    queue.length = 0;
  }

  function startWorker(): Promise<void> {
    const worker = new Worker(new URL('./detector-worker.ts', import.meta.url));
    workers.add(worker);
    return new Promise((ready, notReady) => {
      worker.on('message', (answer: DetectorAnswer) => {
        if (answer === 'ready') ready();
        else running.get(worker)?.resolve(answer);
        running.delete(worker);
        idle.push(worker);
        dispatch();
      });
      worker.on('error', (cause) => {
        const error = new Error('the object detector stopped; restart the local stack', { cause });
        notReady(error);
        fail(error);
      });
    });
  }

  const close = async () => {
    fail(new Error('the object detector is closed'));
    await Promise.all([...workers].map((worker) => worker.terminate()));
  };

  try {
    await Promise.all(Array.from({ length: workerCount }, startWorker));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    detect: (pixels, minScore = MIN_SCORE) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(failure);
          return;
        }
        queue.push({ job: { pixels, minScore }, resolve, reject });
        dispatch();
      }),
    close,
  };
}
