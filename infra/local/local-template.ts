import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseTemplate, type Template } from './template.ts';

const SYNTHESIZE = fileURLToPath(new URL('./synthesize-child.ts', import.meta.url));

/**
 * The template of infra/, synthesized when its sources have changed and kept in node_modules/.cache otherwise: loading
 * the CDK costs seconds, which a start of the stack need not spend.
 * @throws Error with the CDK's own words when infra/ does not synthesize.
 */
export async function localTemplate(
  projectDir: string,
  { onProgress }: { readonly onProgress: (line: string) => void },
): Promise<Template> {
  const cacheDir = join(projectDir, 'node_modules/.cache/gloss');
  const cached = join(cacheDir, `template-${await hashSources(projectDir)}.json`);
  const text = await readFile(cached, 'utf8').catch(() => undefined);
  if (text !== undefined) return parseTemplate(JSON.parse(text));

  onProgress('synthesizing the CDK template (once, until infra/ changes)');
  await mkdir(cacheDir, { recursive: true });
  const incoming = `${cached}.${process.pid}`;
  try {
    await promisify(execFile)(process.execPath, [SYNTHESIZE, incoming], { cwd: projectDir });
  } catch (cause) {
    const { stderr } = cause as { readonly stderr?: string };
    throw new Error(`the CDK template cannot be synthesized; "npm run synth" shows why: ${stderr ?? ''}`, {
      cause,
    });
  }
  await rename(incoming, cached);
  return parseTemplate(JSON.parse(await readFile(cached, 'utf8')));
}

/** Of all that goes into a template without bundles. */
async function hashSources(projectDir: string): Promise<string> {
  const sources = (await readdir(join(projectDir, 'infra'))).filter((name) => name.endsWith('.ts')).sort();
  const hash = createHash('sha256');
  for (const path of [...sources.map((name) => join('infra', name)), 'cdk.json', 'package-lock.json']) {
    hash
      .update(`${path}\0`)
      .update(await readFile(join(projectDir, path)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
