import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boundedLog } from '../../../../infra/local/bounded-log.ts';

test('a log keeps its last lines and stays small, across restarts', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gloss-log-'));
  const path = join(dir, 'logs/a.log');
  for (let start = 0; start < 10; start++) {
    const log = boundedLog(path, 1000);
    for (let line = 0; line < 50; line++) log(`start ${start} line ${line}\n`);
  }
  const kept = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
  expect(kept.endsWith('start 9 line 48\nstart 9 line 49\n')).toBe(true);
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThan(2100);
  rmSync(dir, { recursive: true });
});
