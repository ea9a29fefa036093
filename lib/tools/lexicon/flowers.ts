import { PLANT } from './fields.ts';
import { isKindOf } from './kinds.ts';
import type { WordNet } from './read-wordnet.ts';

const FLOWERS = /\b(?:flowers?|blossoms?|blooms?)\b/;
/** What is said of plants that people have for their flowers. */
const PRAISED =
  /\b(?:showy|fragrant|scented|ornamental|colou?rful|brilliant|beautiful|(?:cultivated|grown) for)\b[^;]*\b(?:flowers?|blossoms?|blooms?)\b/;
/** Kinds of a plant whose definitions tell of flowers: of so many kinds, and more than this share of them. */
const FEWEST_KINDS = 5;
const MOST_KINDS = 25;
const SHARE = 2 / 3;

/**
 * Meanings of plants that people call a flower, whatever WordNet says that they are ("rose" is a shrub): their definition praises their flowers,
 * or those of most of their kinds speak of them. Trees are none.
 *
 * @param tree the meaning of a tree
 */
export function flowersOf(synsets: WordNet['synsets'], tree: string): ReadonlySet<string> {
  const plants = Array.from(synsets).filter(([, { field }]) => field === PLANT);
  const kindsOf = new Map<string, string[]>();
  for (const [synset, { wider }] of plants)
    for (const of of wider) kindsOf.set(of, [...(kindsOf.get(of) ?? []), synset]);
  const isFlower = ([synset, { definition }]: (typeof plants)[number]) => {
    if (PRAISED.test(definition)) return true;
    const kinds = kindsOf.get(synset) ?? [];
    const told = kinds.filter((kind) => FLOWERS.test(synsets.get(kind)!.definition));
    return kinds.length >= FEWEST_KINDS && kinds.length <= MOST_KINDS && told.length > SHARE * kinds.length;
  };
  return new Set(
    plants.filter((plant) => isFlower(plant) && !isKindOf(synsets, plant[0], tree)).map(([synset]) => synset),
  );
}
