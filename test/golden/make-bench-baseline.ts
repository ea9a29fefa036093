/**
 * Makes bench-baseline.json and picture-baseline.json anew: `npm run bench:baseline`. Their diff shows what a change does to read and write units.
 */
import { writeFile } from 'node:fs/promises';
import { BASELINE_FILE, benchBaseline } from '../support/bench-baseline.ts';
import { PICTURE_BASELINE_FILE, pictureBaseline } from '../support/picture-baseline.ts';

await writeFile(BASELINE_FILE, await benchBaseline());
await writeFile(PICTURE_BASELINE_FILE, await pictureBaseline());
