import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inLetters } from './in-letters.ts';
import { randomOf } from './random.ts';

/** Some common words, as captions of photos have them, the commonest first. */
const COMMON =
  'man woman dog cat car bus street table red blue green white black small large old young sitting standing'.split(
    ' ',
  );
/** Made-up words that come ever more rarely. */
const RARE = Array.from({ length: 3_000 }, (_, i) => `word${inLetters(i)}`);
const WORDS = [...COMMON, ...RARE];

interface BenchCorpus {
  readonly docs: string;
  readonly queries: string;
}

/**
 * Writes documents and queries for a bench, the same in every run. Document frequencies fall as they do in language:
 * the commonest word is in most documents, most words are in a few.
 * @param folder gets docs.jsonl and queries.tsv
 */
export async function writeBenchCorpus(folder: string, documents: number): Promise<BenchCorpus> {
  const random = randomOf(2_026);
  const word = () => WORDS[Math.floor(WORDS.length ** random.fraction()) - 1]!;
  const words = (count: number) => Array.from({ length: count }, word);
  const lines = Array.from({ length: documents }, (_, i) =>
    JSON.stringify({
      id: `photo-${i}`,
      tags: words(1 + random.below(4)),
      captions: Array.from({ length: 1 + random.below(5) }, () => words(3 + random.below(10)).join(' ')),
    }),
  );
  const distinct = (count: number, of: () => string) => {
    const chosen = new Set<string>();
    while (chosen.size < count) chosen.add(of());
    return [...chosen].join(' ');
  };
  const sets: readonly (readonly [string, () => string])[] = [
    ['common word', () => random.pick(COMMON)],
    ['rare word', () => random.pick(RARE.slice(200))],
    ['two words', () => distinct(2, word)],
    ['four words', () => distinct(4, word)],
    ['unknown word', () => `absent${inLetters(random.below(1_000))}`],
  ];
  const rows = sets.flatMap(([set, query]) => Array.from({ length: 20 }, () => `${set}\t${query()}`));
  const corpus = { docs: join(folder, 'docs.jsonl'), queries: join(folder, 'queries.tsv') };
  await writeFile(corpus.docs, lines.join('\n'));
  await writeFile(corpus.queries, rows.join('\n'));
  return corpus;
}
