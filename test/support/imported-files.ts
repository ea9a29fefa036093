import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const direct = new Map<string, readonly string[]>();

/** What Node.js loads for a file itself: paths of files and names of packages. Imports of types are gone by then. */
function importsOf(path: string): readonly string[] {
  let found = direct.get(path);
  if (!found) {
    const text = readFileSync(path, 'utf8');
    const code = path.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    found = ts
      .preProcessFile(code, true, true)
      .importedFiles.map(({ fileName }) =>
        fileName.startsWith('.') ? join(dirname(path), fileName) : fileName,
      );
    direct.set(path, found);
  }
  return found;
}

/**
 * Everything that a file imports, directly or through others, dynamic imports included.
 * @param path absolute
 * @returns for each absolute path of a file and each package, the chain of imports that leads to it from `path`
 */
export function importedFiles(path: string): Map<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>([[path, [path]]]);
  for (const [file, chain] of chains) {
    if (!file.startsWith('/') || !/\.[jt]s$/.test(file)) continue;
    for (const next of importsOf(file)) if (!chains.has(next)) chains.set(next, [...chain, next]);
  }
  return chains;
}
