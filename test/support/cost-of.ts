import { writeFileSync } from 'node:fs';
import { usageOf } from '../../lib/adapters/process-usage.ts';

/** What some work cost this process. Both are counted by the kernel, and so are the same on a busy machine. */
export interface Cost {
  /** CPU time of all threads. */
  readonly cpuMs: number;
  /** Resident memory at its highest, with what the process had before. 0 where there is no /proc. */
  readonly peakMb: number;
}

export async function costOf<T>(work: () => T | Promise<T>): Promise<Cost & { readonly value: T }> {
  forgetPeak(process.pid);
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, cpuMs: (user + system) / 1000, peakMb: usageOf(process.pid)?.peakMb ?? 0 };
}

/** The kernel begins to look for a new peak. Source: proc_pid_clear_refs(5). */
export function forgetPeak(pid: number): void {
  if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
