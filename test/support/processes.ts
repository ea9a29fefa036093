import { execFileSync } from 'node:child_process';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
}

/** All processes that run, by POSIX ps. Those that have ended and that nobody has asked about yet are left out. */
function running(): ProcessRow[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state!.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

/** Processes that a process has started, and those that they have started. */
export function descendantsOf(pid: number): number[] {
  const rows = running();
  const found = [pid];
  for (const parent of found)
    found.push(...rows.filter((row) => row.parent === parent).map((row) => row.pid));
  return found.slice(1);
}

/** Those of the processes that still run. */
export function stillRunning(pids: readonly number[]): number[] {
  const alive = new Set(running().map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}
