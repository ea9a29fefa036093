import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileForms } from './compile-forms.ts';
import { FORM_LANGUAGES, pairsOf, stemOf, type Sources } from './pairs.ts';

const FORMS = join(import.meta.dirname, '../../lexicon/forms');
const sources = process.argv.slice(2) as unknown as Sources;

for (const language of FORM_LANGUAGES) {
  const pairs = await pairsOf(language, sources);
  const lines = compileForms(pairs, stemOf(language));
  await writeFile(join(FORMS, `${language}.txt`), `${lines.join('\n')}\n`);
  console.log(language, pairs.length, 'words', lines.length, 'lines');
}
