import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StageSettings } from '../../infra/settings.ts';
import { synthesize, type SynthesizedTemplate } from '../../infra/synthesize.ts';

/** Every function of the template, by the name of its source. */
export const FUNCTIONS = [
  'Admit',
  'Describe',
  'Decode',
  'Remove',
  'Index',
  'Merge',
  'Reindex',
  'Segments',
  'Purge',
  'Sweep',
  'Notify',
  'Ping',
  'Api',
];

/** The template alone, of a stage with these settings; leaves no files behind. */
export function synthesized(settings: StageSettings = {}): SynthesizedTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'gloss-template-'));
  try {
    return synthesize({ outdir, bundle: false, settings });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Properties of the template's resources of one type, by logical id. */
export function propertiesOf(
  template: SynthesizedTemplate,
  type: string,
): Record<string, Record<string, unknown>> {
  const found = Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
  if (found.length === 0) throw new Error(`no ${type} in the template`);
  return Object.fromEntries(found.map(([id, { Properties = {} }]) => [id, Properties]));
}
