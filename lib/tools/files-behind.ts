/**
 * How many files of this project stand behind a file: everything that it imports, directly or through others, types too.
 *
 *     node lib/tools/files-behind.ts lib/steps/search/search.ts functions/api.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

function importsOf(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => normalize(join(dirname(path), fileName)))
    .filter((file) => /\.[jt]s$/.test(file) && existsSync(file));
}

function filesBehind(path: string): number {
  const seen = new Set([path]);
  for (const file of seen) for (const imported of importsOf(file)) seen.add(imported);
  return seen.size - 1;
}

for (const path of process.argv.slice(2)) console.log(`${path} ${filesBehind(normalize(path))}`);
