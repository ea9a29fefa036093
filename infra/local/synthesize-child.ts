/** Writes the template of infra/, without bundles, into the file named by the first argument. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../synthesize.ts';

const [, , path = 'template.json'] = process.argv;
const outdir = mkdtempSync(join(tmpdir(), 'gloss-template-'));
try {
  writeFileSync(path, JSON.stringify(synthesize({ outdir, bundle: false })));
} finally {
  rmSync(outdir, { recursive: true });
}
