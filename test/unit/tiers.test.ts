import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importedFiles } from '../support/imported-files.ts';

const ROOT = join(import.meta.dirname, '../..');

const TIERS = [
  'browser',
  'contract',
  'e2e',
  'faults',
  'fixtures',
  'golden',
  'hostile',
  'infra',
  'integration',
  'outside',
  'property',
  'support',
  'unit',
  'words',
  'world',
];

/** Modules that start a process or a thread, open a port, or synthesize the CDK template. */
const STARTERS = [
  'node:child_process',
  'node:cluster',
  'node:dgram',
  'node:http',
  'node:http2',
  'node:https',
  'node:net',
  'node:tls',
  'node:worker_threads',
  'aws-cdk-lib',
  'dynalite',
];

const isStarter = (name: string): boolean =>
  STARTERS.some((starter) => name === starter || name === starter.slice('node:'.length)) ||
  name.startsWith('aws-cdk-lib/');

/** One line for each starter that a file imports: the chain that leads to it. */
function starterChains(path: string): string[] {
  return [...importedFiles(path)]
    .filter(([name]) => isStarter(name))
    .map(([, chain]) =>
      chain.map((link) => (link.startsWith('/') ? relative(ROOT, link) : link)).join(' > '),
    );
}

describe('tests', () => {
  it('lie in the folders of their tiers', () => {
    const folders = new Set(globSync('test/**/*.ts', { cwd: ROOT }).map((path) => path.split('/')[1]!));
    folders.delete('closing-line-reporter.ts');
    expect([...folders].sort()).toEqual(TIERS);
  });

  it.each(['unit', 'golden'])('of the tier %s start nothing', (tier) => {
    const files = globSync(`test/${tier}/**/*.test.ts`, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(2);
    expect(files.flatMap((path) => starterChains(join(ROOT, path)))).toEqual([]);
  });
});

describe('what a test would start', () => {
  it.each([
    [`import { fork } from 'node:child_process';`, true],
    [`import { Stack } from 'aws-cdk-lib/core';`, true],
    [`export { createServer } from 'http';`, true],
    [`const { Worker } = await import('node:worker_threads');`, true],
    [`import { openTemporaryIndex } from '${ROOT}/infra/local/temporary-index.ts';`, true],
    [`import type { ChildProcess } from 'node:child_process';`, false],
    [`import { readFileSync } from 'node:fs';`, false],
  ])('is found in %s: %s', (text, starts) => {
    const folder = mkdtempSync(join(tmpdir(), 'gloss-tiers-'));
    try {
      const path = join(folder, 'some.test.ts');
      writeFileSync(path, text);
      expect(starterChains(path).length > 0).toBe(starts);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
