/**
 * Breaks the product on purpose, one line at a time, and demands that the tests notice: `npm run test:mutants [WORD]`.
 * Works on a copy of the checkout. Prints a table; fails where a mutant lives, or where its line is not there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MUTANTS, type Mutant } from './mutants.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const [word = ''] = process.argv.slice(2);
const copy = mkdtempSync(join(tmpdir(), 'gloss-mutants-'));
process.once('exit', () => rmSync(copy, { recursive: true }));

const files = execFileSync('git', ['ls-files', '-z'], { cwd: PROJECT, encoding: 'utf8' }).split('\0');
for (const file of files) if (file !== '') cpSync(join(PROJECT, file), join(copy, file));
symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));

/** Names of tests that failed; undefined where all passed. */
function failuresOf(test: string): readonly string[] | undefined {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const args = [join(PROJECT, 'node_modules/vitest/vitest.mjs'), 'run', test];
  const { status } = spawnSync(process.execPath, [...args, '--reporter=json', `--outputFile=${report}`], {
    cwd: copy,
    stdio: 'ignore',
  });
  if (status === 0) return undefined;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; fullName: string }[] }[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName.trim());
}

function broken({ file, from, to }: Mutant): string {
  const text = readFileSync(join(PROJECT, file), 'utf8');
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

const chosen = MUTANTS.filter(({ name }) => name.includes(word));
const texts = new Map(chosen.map((mutant) => [mutant, broken(mutant)]));
let alive = 0;
// What fails without any mutant says nothing.
for (const test of new Set(chosen.flatMap(({ tests }) => tests))) {
  const failures = failuresOf(test);
  if (failures) throw new Error(`${test} fails as it is: ${failures.join('; ')}`);
}
console.log('| mutant | test | notices |\n| --- | --- | --- |');
for (const [mutant, text] of texts) {
  const { name, file, tests } = mutant;
  writeFileSync(join(copy, file), text);
  for (const test of tests) {
    const failures = failuresOf(test);
    // A file that does not even load has noticed nothing.
    const notices = failures !== undefined && failures.length > 0;
    if (!notices) alive += 1;
    console.log(`| ${name} | \`${test}\` | ${notices ? `${failures.length} tests` : '**no**'} |`);
  }
  cpSync(join(PROJECT, file), join(copy, file));
}
if (alive > 0) process.exitCode = 1;
