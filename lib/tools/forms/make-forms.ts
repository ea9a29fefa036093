import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stemmerOf } from '../../text/stemmer.ts';
import { compileForms, type Pair } from './compile-forms.ts';
import { englishPairs } from './english-pairs.ts';

const FORMS = join(import.meta.dirname, '../../lexicon/forms');
/** Paths of noun.exc and codegen.rs. */
const [exceptions, varcon] = await Promise.all(process.argv.slice(2).map((path) => readFile(path, 'utf8')));

async function write(language: 'en', pairs: readonly Pair[]): Promise<void> {
  const lines = compileForms(pairs, stemmerOf(language)!);
  await writeFile(join(FORMS, `${language}.txt`), `${lines.join('\n')}\n`);
  console.log(language, pairs.length, 'words', lines.length, 'lines');
}
await write('en', englishPairs(exceptions!, varcon!));
