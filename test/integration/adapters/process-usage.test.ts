import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { usageOf } from '../../../lib/adapters/process-usage.ts';

const isZombie = (pid: number) => /^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));

it.runIf(process.platform === 'linux')(
  'a process that was killed has used CPU time and no known memory until it is reaped',
  async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("."); setInterval(() => {}, 1e6)']);
    const exit = once(child, 'exit');
    await once(child.stdout, 'data');
    const pid = child.pid!;
    expect(usageOf(pid)!.peakMb).toBeGreaterThan(1);
    child.kill('SIGKILL');
    // Node.js reaps it in the event loop, which is not reached meanwhile.
    while (!isZombie(pid));
    expect(usageOf(pid)).toEqual({ cpuMs: expect.any(Number) as number, peakMb: undefined });
    await exit;
    expect(usageOf(pid)).toBeUndefined();
  },
);
