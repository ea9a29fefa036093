import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAnalyzer } from '../../text/analyzer.ts';
import { NO_LEXICON } from '../../lexicon/lexicon.ts';
import { compileLexicon } from './compile-lexicon.ts';
import { encodeLexicon } from './encode-lexicon.ts';
import { knownWords } from './known-words.ts';
import { readWordNet, readWordNetLicence } from './read-wordnet.ts';

const LEXICON = join(import.meta.dirname, '../../lexicon');

/** The lines of the English lexicon; the same WordNet and analyzer give the same lines. */
export function englishLines(): string[] {
  return compileLexicon(readWordNet(), createAnalyzer('en', { lexicon: () => NO_LEXICON }));
}

/** The notice that WordNet's licence wants on every copy of what is made from it. */
export const englishNotice = (): string =>
  `english.bin, known-words.txt and background.bin in this folder are made from WordNet 3.1 and are modified copies of parts of it. WordNet has this licence:\n\n${readWordNetLicence()}`;

// The files are committed, since a clone runs without a build.
if (import.meta.main) {
  await writeFile(join(LEXICON, 'english.bin'), encodeLexicon(englishLines()));
  await writeFile(join(LEXICON, 'known-words.txt'), `${knownWords(readWordNet()).join('\n')}\n`);
  await writeFile(join(LEXICON, 'LICENSE-wordnet.txt'), englishNotice());
}
