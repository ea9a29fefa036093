import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Schedule } from './topology.ts';

/** How often the clock is looked at: a laptop may have slept. */
const LOOK_EVERY_MS = 15_000;

interface SchedulesOptions {
  readonly schedules: readonly Schedule[];
  /** File that keeps when each was last due. */
  readonly statePath: string;
  readonly send: (queueUrl: string, message: string) => Promise<void>;
  readonly log: (line: string) => void;
  readonly nowMs?: () => number;
  readonly lookEveryMs?: number;
}

interface Schedules {
  close(): Promise<void>;
}

const State = z.record(z.string(), z.number());

/**
 * Sends each schedule's message at its rate, as EventBridge Scheduler does: first one period after the schedule was made. What
 * came due while the stack was down is sent once when it is up again.
 */
export async function startSchedules(options: SchedulesOptions): Promise<Schedules> {
  const { schedules, statePath, send, log, nowMs = Date.now, lookEveryMs = LOOK_EVERY_MS } = options;
  const text = await readFile(statePath, 'utf8').catch(() => '{}');
  const lastMs = new Map(Object.entries(State.catch({}).parse(parseJson(text))));
  const save = () => writeFile(statePath, `${JSON.stringify(Object.fromEntries(lastMs))}\n`);
  for (const { name } of schedules) if (!lastMs.has(name)) lastMs.set(name, nowMs());
  await save();

  async function look(): Promise<void> {
    for (const { name, everyMs, queueUrl, message } of schedules) {
      const now = nowMs();
      if (now - lastMs.get(name)! < everyMs) continue;
      await send(queueUrl, message);
      lastMs.set(name, now);
      await save();
    }
  }

  let looking = Promise.resolve();
  const lookAgain = () => {
    looking = looking.then(look).catch((error: unknown) => {
      log(error instanceof Error ? error.message : String(error)); // it is due at the next look as well
    });
  };
  lookAgain();
  const timer = setInterval(lookAgain, lookEveryMs);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
