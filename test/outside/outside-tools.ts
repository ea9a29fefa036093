import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Tools of others come from registries and take minutes: they run when a command asks for them. */
export const isAsked = process.env['GLOSS_OUTSIDE'] !== undefined;

const SKIPPED = ' (skipped: npm run test:outside and test:clients run it)';

/** Why what needs a program is not run, to stand in the name of its test; empty where it is run. */
export function withoutTool(tool: string, ...args: string[]): string {
  if (!isAsked) return SKIPPED;
  return spawnSync(tool, args).status === 0 ? '' : ` (skipped: no ${tool} here)`;
}

export const withoutPython = withoutTool('python3', '-m', 'venv', '--help');
export const withoutNpx = withoutTool('npx', '--version');

const run = promisify(execFile);

/** A folder of Python with one package in it. @returns where its programs are */
export async function pythonWith(folder: string, requirement: string): Promise<string> {
  await run('python3', ['-m', 'venv', folder]);
  await run(`${folder}/bin/python`, ['-m', 'pip', 'install', '--quiet', requirement]);
  return `${folder}/bin`;
}
