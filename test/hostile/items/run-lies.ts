import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startNode } from '../../support/start-node.ts';
import type { Told } from './tell-lies.ts';

const SCRIPT = fileURLToPath(new URL('tell-lies.ts', import.meta.url));
/** The heap of the process, and what it may have in all: the honest index takes a quarter of it. */
const HEAP_MB = 384;
const MOST_RSS_MB = 900;
/** Longer than any lie takes on a busy machine: what takes longer does not end. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 50;

/** A lie that ended the process, or would not end. */
interface Killed {
  readonly number: number;
  readonly why: string;
}

/** Tells lies from `first` to before `end` in processes of their own; one that a lie ends is followed by another. */
export async function tellLies(seed: number, first: number, end: number): Promise<(Told | Killed)[]> {
  const told: (Told | Killed)[] = [];
  for (let next = first; next < end;) {
    const ended = await tellSome(seed, next, end, told);
    if (ended === undefined) break;
    told.push(ended);
    next = ended.number + 1;
  }
  return told;
}

async function tellSome(
  seed: number,
  first: number,
  end: number,
  told: (Told | Killed)[],
): Promise<Killed | undefined> {
  const child = startNode([
    `--max-old-space-size=${HEAP_MB}`,
    SCRIPT,
    String(seed),
    String(first),
    String(end),
  ]);
  let stderr = '';
  let running: number | undefined;
  let why: string | undefined;
  let since = Date.now();
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const watch = setInterval(() => {
    const rss = rssMb(child.pid!);
    if (rss > MOST_RSS_MB) why ??= `${rss} MB of memory`;
    if (Date.now() - since > PATIENCE_MS) why ??= `no end after ${PATIENCE_MS / 1_000} s`;
    if (why !== undefined) child.kill('SIGKILL');
  }, LOOK_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    since = Date.now();
    if (line.startsWith('start ')) running = Number(line.slice('start '.length));
    else if (line.startsWith('{')) {
      told.push(JSON.parse(line) as Told);
      running = undefined;
    }
  }
  clearInterval(watch);
  if (running !== undefined)
    return { number: running, why: why ?? `the process ended: ${stderr.slice(-500)}` };
  if ((told.at(-1)?.number ?? -1) !== end - 1) throw new Error(`no lie was told: ${stderr}`);
  return undefined;
}

/** Resident memory of a process; 0 where the system does not tell, or the process is gone. */
function rssMb(pid: number): number {
  try {
    return Math.round(
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024,
    );
  } catch {
    return 0;
  }
}
