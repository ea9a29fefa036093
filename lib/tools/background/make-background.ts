import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readDocuments } from '../../files/read-documents.ts';
import { DEFINED } from '../../lexicon/background-table.ts';
import { ENGLISH } from '../../text/analyzer.ts';
import { readWordNet } from '../lexicon/read-wordnet.ts';
import { COUNT_LIMITS, countCaptions } from './count-captions.ts';
import { defineWords } from './define-words.ts';
import { encodeBackground } from './encode-background.ts';

/**
 * Makes the table of what goes with what, from captions of pictures:
 * `npm run background -- --captions FILE [--leave-out FILE] [--out FILE]`.
 * The file that is committed is made of the captions of COCO val2017. Tables for measuring leave out the pictures that a set
 * evaluates.
 */
const { values } = parseArgs({
  options: {
    captions: { type: 'string' },
    'leave-out': { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, '../../lexicon/background.bin') },
  },
});
if (values.captions === undefined) throw new Error('name the file of captions: --captions FILE');
const { documents } = await readDocuments(values.captions);
const leftOut = new Set(
  values['leave-out'] === undefined
    ? []
    : (await readDocuments(values['leave-out'])).documents.map(({ document }) => document.id),
);
const pictures = documents.map(({ document }) => document).filter(({ id }) => !leftOut.has(id));
const { companionsOf, docFreqs } = countCaptions(pictures.map(({ texts = [] }) => texts));
const defined = defineWords(readWordNet(), ENGLISH, (term) => {
  const docFreq = docFreqs.get(term) ?? 0;
  return docFreq >= COUNT_LIMITS.leastOfCompanion ? docFreq : undefined;
});
const rows = new Map(companionsOf);
for (const [term, words] of defined) if (!companionsOf.has(term)) rows.set(DEFINED + term, words);
const bytes = encodeBackground(rows);
await writeFile(values.out, bytes);
process.stderr.write(
  `${values.out}: ${pictures.length} pictures, ${companionsOf.size} terms with companions, ${rows.size - companionsOf.size} by definition, ${bytes.length} bytes\n`,
);
