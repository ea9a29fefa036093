/**
 * Makes bench-baseline.json anew: `npm run bench:baseline`. Its diff shows what a change does to read and write units.
 */
import { writeFile } from 'node:fs/promises';
import { BASELINE_FILE, benchBaseline } from '../support/bench-baseline.ts';

await writeFile(BASELINE_FILE, await benchBaseline());
