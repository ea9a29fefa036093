import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** What a running embedded stack tells about itself in its data folder. */
const StackFile = z.object({ pid: z.int().positive(), apiUrl: z.url() });
type StackFile = z.infer<typeof StackFile>;

/** The stack that runs on this data folder; undefined when none does, also after one was killed. */
export async function readRunningStack(dataDir: string): Promise<StackFile | undefined> {
  const text = await readFile(join(dataDir, 'stack.json'), 'utf8').catch(() => '');
  const stack = StackFile.safeParse(parseJson(text)).data;
  return stack && isAlive(stack.pid) ? stack : undefined;
}

/** Keys kept for the commands on this machine: of the tenant `demo`, and of the operator. */
export type LocalKey = 'tenant' | 'operator';
const KEY_FILES: Readonly<Record<LocalKey, string>> = { tenant: 'key', operator: 'operator-key' };

export async function readLocalKey(dataDir: string, whose: LocalKey): Promise<string | undefined> {
  const text = await readFile(join(dataDir, KEY_FILES[whose]), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

/** Readable by the owner alone. */
export async function writeLocalKey(dataDir: string, whose: LocalKey, key: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, KEY_FILES[whose]), `${key}\n`, { mode: 0o600 });
}

/** A file that is being written may be half there; that is no stack yet. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's process is alive too
  }
}
