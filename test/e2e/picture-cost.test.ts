import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PICTURE_BASELINE_FILE, pictureBaseline } from '../support/picture-baseline.ts';

it('what a picture reads and writes is what the committed baseline says; npm run bench:baseline writes what it is now', async () => {
  expect(await pictureBaseline()).toBe(await readFile(PICTURE_BASELINE_FILE, 'utf8'));
}, 1_200_000);
