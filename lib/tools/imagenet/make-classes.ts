/**
 * Writes the names of the embedded classifier's classes and of what is wider, by WordNet:
 *
 *     node lib/tools/imagenet/make-classes.ts SYNSETS INDEX_SENSE
 *
 * SYNSETS has the 1,000 classes of ImageNet in the order of the network's outputs, a line each such as `n02123159`: a noun of WordNet 3.0
 * (`timm/data/_info/imagenet_synsets.txt` of the Python package timm). INDEX_SENSE is `index.sense` of WordNet 3.0 (Debian's
 * wordnet-sense-index), since the project has WordNet 3.1, and the keys of senses are the same in both.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundOf } from '../../lexicon/background.ts';
import { ENGLISH } from '../../text/analyzer.ts';
import { linesOf, readWordNet } from '../lexicon/read-wordnet.ts';
import { compileClasses } from './compile-classes.ts';

const FILE = join(import.meta.dirname, '../../../infra/local/bedrock/efficientnet/classes.tsv');

const [synsetsFile, sensesFile] = process.argv.slice(2);
if (synsetsFile === undefined || sensesFile === undefined) throw new Error('name the two files');

/** Keys of the senses of nouns, with their synsets (senseidx(5WN)). */
const sensesOf = (lines: readonly string[]): (readonly [key: string, synset: string])[] =>
  lines
    .map((line) => line.split(' ') as [string, string])
    .filter(([key]) => key.includes('%1:'))
    .map(([key, synset]) => [key, synset]);

const before = Map.groupBy(sensesOf(readFileSync(sensesFile, 'utf8').split('\n')), ([, synset]) => synset);
const now = new Map(sensesOf(linesOf('index.sense')));
const synsetNow = (id: string): string => {
  const key = before.get(id.slice(1))?.find(([name]) => now.has(name))?.[0];
  if (key === undefined) throw new Error(`${id} is no noun of both versions of WordNet`);
  return now.get(key)!;
};

const outputs = readFileSync(synsetsFile, 'utf8').trim().split('\n').map(synsetNow);
const background = backgroundOf('en');
const isSaid = (word: string) => background.of(ENGLISH.terms(word).join(' ')) !== undefined;
const classes = compileClasses(outputs, readWordNet(), isSaid);
writeFileSync(FILE, classes.map(({ name, wider }) => `${name}\t${wider.join(' ')}\n`).join(''));
