import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SCRIPT = new URL('measure-commit.ts', import.meta.url).pathname;
/** Of the 1,024 MB that the index function has (infra/indexing.ts). */
const MAX_PEAK_MB = 700;

it('a batch of a hundred documents of nothing but distinct words is indexed in part, in the memory there is', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=900', SCRIPT, '100'],
    { env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' } },
  );
  const { failed, sentAgain, peakMb } = JSON.parse(stdout) as {
    readonly failed: number;
    readonly sentAgain: number;
    readonly peakMb: number;
  };
  expect(failed).toBe(0);
  expect(sentAgain).toBeGreaterThan(80);
  expect(sentAgain).toBeLessThan(100);
  expect(peakMb).toBeLessThan(MAX_PEAK_MB);
});
