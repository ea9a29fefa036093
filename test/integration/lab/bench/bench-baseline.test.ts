import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { BASELINE_FILE, benchBaseline } from '../../../support/bench-baseline.ts';

it('read and write units are those of the committed baseline; npm run bench:baseline writes what they are now', async () => {
  expect(await benchBaseline()).toBe(await readFile(BASELINE_FILE, 'utf8'));
});
