import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes lib/lexicon/forms/zh.txt from OpenCC's table of letters, as in the package opencc-js:
 *
 *     npm install --prefix FOLDER opencc-js@1.4.2
 *     node lib/tools/chinese/make-simplified.ts FOLDER/node_modules/opencc-js
 */
const TABLE = 'dist/esm-lib/dict/TSCharacters.js';
const [, , folder = ''] = process.argv;

const { default: table } = (await import(pathToFileURL(join(folder, TABLE)).href)) as { default: string };
const pairs = table
  .split('|')
  .map((entry) => entry.split(' ') as [string, string])
  // Places in a text stay what they are.
  .filter(([traditional, simplified]) => traditional.length === simplified.length);
const lines = pairs.map((pair) => pair.join('')).sort();
await writeFile(join(import.meta.dirname, '../../lexicon/forms/zh.txt'), `${lines.join('\n')}\n`);
console.log(lines.length, 'letters');
