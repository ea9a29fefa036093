import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataDir } from '../../../../infra/local/data-dir.ts';
import { startLocalStack } from '../../../../infra/local/local-stack.ts';

test('a start that fails says why, gives the folder back and says nowhere that it runs', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gloss-local-stack-'));
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(startLocalStack({ dataDir, port })).rejects.toThrow(`port ${port} is taken`);
  expect(existsSync(join(dataDir, 'stack.json'))).toBe(false);
  await (await openDataDir(dataDir, { reset: false })).release();
  other.close();
  rmSync(dataDir, { recursive: true });
});
