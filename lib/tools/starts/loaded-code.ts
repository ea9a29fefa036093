import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An import of a module beside, as a bundler writes it; what is loaded later is called `import("./…")`. */
const STATIC_IMPORT = /(?:from|import)\s*"\.\/([^"]+\.mjs)"/g;

/** What of a bundle is read and compiled before its handler is there. @param folder with index.mjs */
export function codeLoadedAtStart(folder: string): {
  readonly files: readonly string[];
  readonly bytes: number;
} {
  const code = new Map<string, string>();
  const open = (file: string): void => {
    if (code.has(file)) return;
    const text = readFileSync(join(folder, file), 'utf8');
    code.set(file, text);
    for (const [, imported] of text.matchAll(STATIC_IMPORT)) open(imported!);
  };
  open('index.mjs');
  const bytes = [...code.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { files: [...code.keys()], bytes };
}
