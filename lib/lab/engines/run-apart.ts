import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from './catalog.ts';
import type { EngineRun, EngineTask } from './measure-engine.ts';

/** Memory that the heap of an engine in JavaScript may take. */
const HEAP_MB = 6_144;
/** An engine that needs longer to build and answer everything is given up. */
const MOST_MINUTES = 30;

export type ApartTask = EngineTask & {
  readonly engine: EngineName;
  /** An empty folder for its files. */
  readonly folder: string;
};

/** Figures, or in one line why there are none. */
export type ApartOutcome = EngineRun | { readonly failure: string };

/** Measures an engine in another process. Whatever happens to that process is the outcome. */
export async function runApart(task: Omit<ApartTask, 'folder'>): Promise<ApartOutcome> {
  const folder = await mkdtemp(join(tmpdir(), `gloss-bench-${task.engine}-`));
  try {
    return await inProcess({ ...task, folder });
  } finally {
    // A process that was killed may have left another one that is about to see so and still writes.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function inProcess(task: ApartTask): Promise<ApartOutcome> {
  const child = fork(new URL('engine-process.ts', import.meta.url), {
    execArgv: ['--expose-gc', `--max-old-space-size=${HEAP_MB}`, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-10_000)));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, MOST_MINUTES * 60_000);
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  return new Promise((resolve) => {
    let outcome: ApartOutcome | undefined;
    child.once('message', (message: ApartOutcome) => (outcome = message));
    child.once('error', (error) => resolve({ failure: error.message }));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      process.off('exit', stop);
      if (late) resolve({ failure: `not done after ${MOST_MINUTES} minutes` });
      else if (outcome) resolve(outcome);
      else if (errors.includes('heap out of memory'))
        resolve({ failure: `out of memory at ${HEAP_MB} MB of heap` });
      else resolve({ failure: `ended with ${signal ?? code}: ${lastLine(errors)}` });
    });
    child.send(task);
  });
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)!;
