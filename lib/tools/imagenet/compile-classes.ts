import type { WordNet } from '../lexicon/read-wordnet.ts';

/** A class, and the places in the list of those that are next wider. */
interface NamedClass {
  readonly name: string;
  readonly wider: readonly number[];
}

/** What more of the outputs than this are a kind of (objects, artifacts) tells nothing apart. */
const MOST_KINDS = 0.4;
/** A word of general English: how often it means this in the texts that WordNet's authors tagged. */
const COMMON = 5;
/** WordNet's fields of things that have everyday names: tops, animals, artifacts, food, natural objects, people, plants (lexnames(5WN)). */
const EVERYDAY = new Set([3, 5, 6, 13, 17, 18, 20]);
/** A noun that means this in fewer of its uses would be misread. */
const SURE_SHARE = 0.4;

/**
 * The classes of a network in the order of its outputs, then every wider meaning that people have an everyday word for: one that captions of photos
 * say, and that mostly means this. Each is called by its first word in WordNet.
 * @param outputs synsets
 * @param isSaid whether captions say a word
 */
export function compileClasses(
  outputs: readonly string[],
  wordNet: WordNet,
  isSaid: (word: string) => boolean,
): NamedClass[] {
  const { synsets } = wordNet;
  const places = new Map(outputs.map((synset, place) => [synset, place]));
  const listed = [...outputs];

  const kinds = countKinds(outputs, synsets);
  const isEveryday = (synset: string): boolean => {
    const lemma = synsets.get(synset)!.lemmas[0]!;
    return (
      kinds.get(synset)! <= MOST_KINDS * outputs.length &&
      (isSaid(nameOf(lemma)) || isCommon(lemma, synset, wordNet)) &&
      isMostly(lemma, synset, wordNet)
    );
  };
  const widerOf = (synset: string): number[] => {
    const found = new Set<number>();
    const seen = new Set<string>();
    const visit = (at: string) => {
      for (const wider of synsets.get(at)!.wider) {
        if (seen.has(wider)) continue;
        seen.add(wider);
        if (!places.has(wider) && isEveryday(wider)) places.set(wider, listed.push(wider) - 1);
        const place = places.get(wider);
        if (place === undefined) visit(wider);
        else found.add(place);
      }
    };
    visit(synset);
    return [...found];
  };
  const classes: NamedClass[] = [];
  // The list grows while it is walked.
  for (let place = 0; place < listed.length; place += 1) {
    const synset = listed[place]!;
    classes.push({ name: nameOf(synsets.get(synset)!.lemmas[0]!), wider: widerOf(synset) });
  }
  return classes;
}

/** How many of the outputs are a kind of each wider meaning. */
function countKinds(outputs: readonly string[], synsets: WordNet['synsets']): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  for (const output of outputs) {
    const above = new Set<string>();
    const visit = (at: string) => {
      for (const wider of synsets.get(at)!.wider) {
        if (!above.has(wider)) visit(wider);
        above.add(wider);
      }
    };
    visit(output);
    for (const wider of above) kinds.set(wider, (kinds.get(wider) ?? 0) + 1);
  }
  return kinds;
}

const nameOf = (lemma: string): string => lemma.replaceAll('_', ' ');

const isCommon = (lemma: string, synset: string, { nouns }: WordNet): boolean =>
  nouns.get(lemma.toLowerCase())!.find((sense) => sense.synset === synset)!.tagged >= COMMON;

function isMostly(lemma: string, synset: string, { nouns, synsets }: WordNet): boolean {
  const senses = nouns.get(lemma.toLowerCase())!;
  if (!EVERYDAY.has(synsets.get(synset)!.field)) return false;
  const uses = senses.find((sense) => sense.synset === synset)!.tagged;
  const total = senses.reduce((sum, sense) => sum + sense.tagged, 0);
  return total === 0 ? senses.length === 1 : uses / total >= SURE_SHARE;
}
