import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LookAnswer, LookJob, Sight } from './networks-worker.ts';

/** More threads than this cost memory (about 130 MB each) that a laptop has better uses for. */
const MAX_DEFAULT_WORKERS = 4;

export interface Networks {
  /** Pictures wait for a free thread in the order of the calls. @param minScore detections below it are left out */
  look(view: LookJob['view'], minScore: number): Promise<Sight>;
  close(): Promise<void>;
}

interface QueuedJob {
  readonly job: LookJob;
  readonly resolve: (sight: Sight) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the threads and waits until each has loaded the networks. */
export async function startNetworks(
  workerCount = Math.min(availableParallelism(), MAX_DEFAULT_WORKERS),
): Promise<Networks> {
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
    const worker = new Worker(new URL('./networks-worker.ts', import.meta.url));
    workers.add(worker);
    return new Promise((ready, notReady) => {
      worker.on('message', (answer: LookAnswer) => {
        if (answer === 'ready') ready();
        else running.get(worker)?.resolve(answer);
        running.delete(worker);
        idle.push(worker);
        dispatch();
      });
      worker.on('error', (cause) => {
        const error = new Error('the embedded model stopped; restart the local stack', { cause });
        notReady(error);
        fail(error);
      });
    });
  }

  const close = async () => {
    fail(new Error('the embedded model is closed'));
    await Promise.all([...workers].map((worker) => worker.terminate()));
  };

  try {
    await Promise.all(Array.from({ length: workerCount }, startWorker));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    look: (view, minScore) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(failure);
          return;
        }
        queue.push({ job: { view, minScore }, resolve, reject });
        dispatch();
      }),
    close,
  };
}
