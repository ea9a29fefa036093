import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileForms } from './compile-forms.ts';
import { OF_STEM } from '../../lexicon/forms.ts';
import { FORM_LANGUAGES, pairsOf, stemOf, stemPairsOf, type Sources } from './pairs.ts';

const FORMS = join(import.meta.dirname, '../../lexicon/forms');
const [, , ...args] = process.argv;
const sources = args.slice(0, 4) as unknown as Sources;
/** Those that are named behind the sources, or all. */
const languages = FORM_LANGUAGES.filter((language) => args.length <= 4 || args.slice(4).includes(language));

/** Letters of an ending of stems at least: shorter ones would change words that are in no lexicon, and slips. */
const SHORTEST_OF_STEM = 4;

for (const language of languages) {
  const pairs = await pairsOf(language, sources);
  const lines = compileForms(pairs, stemOf(language));
  const stems = await stemPairsOf(language, sources, lines);
  lines.push(...compileForms(stems, (stem) => stem, SHORTEST_OF_STEM).map((line) => OF_STEM + line));
  await writeFile(join(FORMS, `${language}.txt`), `${lines.join('\n')}\n`);
  const led = stems.filter(([from, to]) => from !== to).length;
  console.log(language, pairs.length, 'words', led, 'stems', lines.length, 'lines');
}
