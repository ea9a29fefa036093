import { linesOf } from './read-wordnet.ts';

/** As WordNet's files name them; satellites of adjectives are adjectives. */
export type Part = 'noun' | 'verb' | 'adj' | 'adv';

/** A word in one of its meanings. */
export interface Use {
  readonly word: string;
  /** How often texts have the word in this meaning. */
  readonly tagged: number;
  /** Whether the meaning is the most frequent one of the word. */
  readonly isFirst: boolean;
  /** Whether the meaning is the first of the word, or one that texts have about as often. */
  readonly leads: boolean;
}

/** A meaning of words of any part of speech, with the meanings that WordNet ties it to. */
export interface Meaning {
  readonly part: Part;
  readonly uses: readonly Use[];
  /** WordNet's field of knowledge, lexnames(5WN). */
  readonly field: number;
  /** In a few words, without its examples. */
  readonly definition: string;
  /** Between meanings (`@` for what it is a kind of) and between two words of them (`+` for derivation), as in wninput(5WN). */
  readonly pointers: readonly Pointer[];
}

export interface Pointer {
  readonly kind: string;
  /** The key of a meaning. */
  readonly to: string;
  /** The places of the two words in their meanings; none where it ties whole meanings. */
  readonly words?: readonly [from: number, to: number];
}

const PARTS: readonly Part[] = ['noun', 'verb', 'adj', 'adv'];
const LETTERS: Readonly<Record<string, Part>> = { n: 'noun', v: 'verb', a: 'adj', r: 'adv' };
/** By the numbers of senseidx(5WN), from 1. */
const OF_SENSES: readonly Part[] = [...PARTS, 'adj'];
/** A meaning leads that texts have at least a fourth as often as the word's most frequent one. */
const LEADING = 4;

/** Meanings of WordNet 3.1 by their keys, such as `noun 08195797`. */
export function readMeanings(): ReadonlyMap<string, Meaning> {
  const senses = new Map<string, { readonly number: number; readonly tagged: number }>();
  const most = new Map<string, number>();
  for (const line of linesOf('index.sense')) {
    const [key, offset, number, count] = line.split(' ') as [string, string, string, string];
    const [word, rest] = key.split('%') as [string, string];
    const part = OF_SENSES[Number(rest[0]) - 1]!;
    senses.set(`${part} ${offset} ${word}`, { number: Number(number), tagged: Number(count) });
    most.set(`${part} ${word}`, Math.max(most.get(`${part} ${word}`) ?? 0, Number(count)));
  }
  const useOf = (part: Part, offset: string, word: string): Use => {
    const { number, tagged } = senses.get(`${part} ${offset} ${word}`) ?? { number: 0, tagged: 0 };
    const isFrequent = tagged > 0 && tagged * LEADING >= most.get(`${part} ${word}`)!;
    return { word, tagged, isFirst: number === 1, leads: number === 1 || isFrequent };
  };
  return new Map(
    PARTS.flatMap((part) =>
      linesOf(`data.${part}`).map((line): [string, Meaning] => {
        const [data, gloss = ''] = line.split(' | ') as [string, string?];
        const [offset, field, , words, ...rest] = data.trim().split(' ') as [string, string, string, string];
        const count = Number.parseInt(words, 16);
        // An adjective may have its place behind it: "galore(ip)".
        const lemmas = Array.from({ length: count }, (_, i) =>
          (rest as string[])[2 * i]!.toLowerCase().replace(/\(\w+\)$/, ''),
        );
        return [
          `${part} ${offset}`,
          {
            part,
            uses: lemmas.map((word) => useOf(part, offset, word)),
            field: Number(field),
            definition: gloss.split('; "')[0]!.trim(),
            pointers: pointersIn(rest.slice(2 * count)),
          },
        ];
      }),
    ),
  );
}

/** @param written how many there are, and four pieces for each */
function pointersIn([count, ...written]: readonly string[]): Pointer[] {
  return Array.from({ length: Number(count) }, (_, i) => {
    const [kind, offset, part, places] = written.slice(4 * i, 4 * i + 4) as [string, string, string, string];
    const [from, to] = [places.slice(0, 2), places.slice(2)].map((place) => Number.parseInt(place, 16) - 1);
    return { kind, to: `${LETTERS[part]!} ${offset}`, ...(from! >= 0 && { words: [from!, to!] as const }) };
  });
}
