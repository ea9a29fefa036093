import { readFileSync } from 'node:fs';

/** Of the clock that /proc counts in: USER_HZ, 100 on every Linux that Node.js runs on. */
const MS_PER_TICK = 10;

export interface ProcessUsage {
  /** CPU time of all threads since the process began. */
  readonly cpuMs: number;
  /** Resident memory at its highest: what was used between two looks is not missed. Undefined once the process has ended. */
  readonly peakMb: number | undefined;
}

/**
 * What a process has used, in some 50 microseconds. Undefined for one that is gone, and where there is no /proc (macOS): there the
 * bounds do not hold.
 * Source: proc_pid_stat(5), fields 14 and 15; proc_pid_status(5), VmHWM.
 */
export function usageOf(pid: number): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const peakKb = /^VmHWM:\s*(\d+)/m.exec(status)?.[1];
    const peakMb = peakKb === undefined ? undefined : Number(peakKb) / 1024;
    return { cpuMs: ticks * MS_PER_TICK, peakMb };
  } catch {
    return undefined;
  }
}
