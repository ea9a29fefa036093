import { ANIMAL, FOOD, GROUP, LEARNED, PERSON, PLANT, THINGS, VISIBLE } from './fields.ts';
import { isKindOf } from './kinds.ts';
import type { Sense, Synset, WordNet } from './read-wordnet.ts';

/** Below this many tagged uses shares mean nothing. */
export const FEW_TAGGED = 3;
/** A second meaning of a word counts as much as its first from so many tagged uses on, and this share of them. */
const OFTEN_TAGGED = 10;
const SECOND_SHARE = 0.3;
/** Of the uses of a group those of a thing with its name, at least, for the thing to be meant in pictures. */
const THING_SHARE = 1 / 4;
/** How much more WordNet says of what is meant than of what is not. */
const FAR_MORE = 5;

export const usesOf = (senses: readonly Sense[]): number =>
  senses.reduce((sum, { tagged }) => sum + tagged, 0);

/**
 * Meanings of a noun without those that no picture shows where it may also show another: groups, where a thing has the name ("table", of figures),
 * plants, where what is eaten has it ("banana"), and animals, where WordNet says more of people ("queen", of bees) or calls them persons ("female").
 */
export function shownSenses(
  noun: string,
  senses: readonly Sense[],
  synsets: WordNet['synsets'],
): readonly Sense[] {
  const visible = senses.filter(({ synset }) => isVisible(noun, synsets.get(synset)!));
  const fieldOf = ({ synset }: Sense) => synsets.get(synset)!.field;
  const without = (field: number) => senses.filter((sense) => fieldOf(sense) !== field);
  const [first] = visible;
  if (!first) return senses;
  const isThing = (sense: Sense) => fieldOf(sense) !== GROUP && sense.tagged > THING_SHARE * first.tagged;
  if (fieldOf(first) === GROUP && first.tagged >= OFTEN_TAGGED && visible.some(isThing))
    return without(GROUP);
  // Of a banana a picture shows what is eaten, and of a rose no wine.
  const food = visible.find(
    (sense) => fieldOf(sense) === FOOD && synsets.get(sense.synset)!.lemmas[0]!.toLowerCase() === noun,
  );
  if (food && fieldOf(first) === PLANT && first.tagged - food.tagged < FEW_TAGGED) return without(PLANT);
  const saidOf = (field: number) =>
    visible
      .filter((sense) => fieldOf(sense) === field)
      .reduce((sum, { synset, tagged }) => sum + tagged + synsets.get(synset)!.relations, 0);
  const people = visible.filter((sense) => fieldOf(sense) === PERSON && sense.tagged > 0);
  const isPerson = people.length > 0;
  const isCalledPerson = people.some(({ synset }) => synsets.get(synset)!.lemmas.includes(`${noun}_person`));
  return fieldOf(first) === ANIMAL && isPerson && (isCalledPerson || saidOf(PERSON) > saidOf(ANIMAL))
    ? without(ANIMAL)
    : senses;
}

/** Another meaning of a noun that is as good as the first: tagged often, and neither a kind of the other nor of its names. */
export function secondSense(
  noun: string,
  { synset }: Sense,
  senses: readonly Sense[],
  synsets: WordNet['synsets'],
): string | undefined {
  const total = usesOf(senses);
  const [second] = senses
    .filter((sense) => sense.synset !== synset && isVisible(noun, synsets.get(sense.synset)!))
    .toSorted((a, b) => b.tagged - a.tagged);
  if (!second || second.tagged < OFTEN_TAGGED || second.tagged < SECOND_SHARE * total) return undefined;
  const [one, other] = [synsets.get(synset)!, synsets.get(second.synset)!];
  const isKin =
    isKindOf(synsets, synset, second.synset) ||
    isKindOf(synsets, second.synset, synset) ||
    one.lemmas.some((lemma) => lemma.toLowerCase() !== noun && other.lemmas.includes(lemma));
  // Chicken on a plate is no bird.
  const isEaten = one.field === FOOD && other.field === ANIMAL;
  return isKin || isEaten ? undefined : second.synset;
}

const isVisible = (noun: string, { field, isInstance, lemmas }: Synset): boolean =>
  !isInstance &&
  VISIBLE.has(field) &&
  lemmas.some((lemma) => lemma.toLowerCase() === noun && (lemma === noun || /^[A-Z]{2,}/.test(lemma)));

/**
 * The most frequent meaning that a picture can show. WordNet's order says little where tags are few: then a thing comes before a group or a
 * part, and of things that nobody tagged one that goes by this name first, and then the one with most names, which more has been said about. A name that is
 * short for a longer one ("glove" for a baseball glove) means what has no longer name.
 * @returns undefined where none is visible, and where the noun rather means something that is not
 */
export function visibleSense(
  noun: string,
  senses: readonly Sense[],
  synsets: WordNet['synsets'],
): Sense | undefined {
  const lemmasOf = ({ synset }: Sense) => synsets.get(synset)!.lemmas.map((lemma) => lemma.toLowerCase());
  const isShort = (sense: Sense) => Number(lemmasOf(sense)[0]!.endsWith(`_${noun}`));
  const isFirst = (sense: Sense) => Number(lemmasOf(sense)[0] === noun);
  const isThing = ({ synset }: Sense) => Number(THINGS.has(synsets.get(synset)!.field));
  const names = (sense: Sense) => lemmasOf(sense).length;
  const visible = senses
    .filter(({ synset }) => isVisible(noun, synsets.get(synset)!))
    .toSorted((a, b) => isShort(a) - isShort(b));
  const [first] = visible;
  const relationsOf = ({ synset }: Sense) => synsets.get(synset)!.relations;
  // "oak" was tagged as wood, and an oak is an oak tree.
  const fieldOf = ({ synset }: Sense) => synsets.get(synset)!.field;
  // Corn is no corn whiskey: that goes by a longer name first.
  const goesByIt = visible.filter((sense) => fieldOf(sense) === fieldOf(first!) && isFirst(sense));
  // Of bridges WordNet says a lot, and of a bridge circuit next to nothing.
  const isLittle = (sense: Sense) => relationsOf(first!) >= FAR_MORE * relationsOf(sense);
  const explicit = visible.find(
    (sense) =>
      fieldOf(sense) === fieldOf(first!) &&
      (LEARNED.has(fieldOf(sense)) || !isLittle(sense)) &&
      (fieldOf(sense) !== FOOD || goesByIt.length === 0 || goesByIt.includes(sense)) &&
      isExplicit(noun, synsets.get(sense.synset)!, synsets),
  );
  if (first && explicit && first.tagged - explicit.tagged < FEW_TAGGED)
    return { ...explicit, tagged: first === explicit ? first.tagged : first.tagged + explicit.tagged };
  const tagged = visible.reduce(
    (sum, sense) => sum + (isShort(sense) ? sense.tagged : 0),
    first?.tagged ?? 0,
  );
  if (first && !isShort(first) && tagged >= FEW_TAGGED) return { ...first, tagged };
  if (!first || first.tagged >= FEW_TAGGED) return first;
  const isUntagged = visible.every((sense) => sense.tagged === 0);
  const best = visible.toSorted(
    (a, b) =>
      isShort(a) - isShort(b) ||
      isThing(b) - isThing(a) ||
      b.tagged - a.tagged ||
      (isUntagged ? isFirst(b) - isFirst(a) : 0) ||
      names(b) - names(a),
  )[0]!;
  // "poster" was tagged as a notice and never as a horse.
  const others = senses.filter((sense) => !visible.includes(sense));
  const isRather = (other: Sense) => other.tagged > 0 || isFirst(other);
  // A TV is a TV set, whatever else it is.
  const isNamedAfter = lemmasOf(best).some((lemma) => lemma !== noun && lemma.split('_').includes(noun));
  const isDoubtful = best.tagged === 0 && !isFirst(best) && !isNamedAfter;
  // Of the grass "chess" WordNet says nothing, and of the game a lot.
  const isGrown = best.tagged === 0 && LEARNED.has(fieldOf(best));
  const says = (other: Sense) =>
    !synsets.get(other.synset)!.isInstance && relationsOf(other) >= FAR_MORE * relationsOf(best);
  if (isGrown && others.some(says)) return undefined;
  return isDoubtful && others.some(isRather) ? undefined : best;
}

/** Whether a meaning has a longer name that says what it is a kind of: an oak is also called "oak tree". */
function isExplicit(noun: string, { lemmas, wider }: Synset, synsets: WordNet['synsets']): boolean {
  const kinds = wider.flatMap((of) => synsets.get(of)!.lemmas);
  return lemmas.some((lemma) =>
    kinds.some((kind) => lemma.toLowerCase() === `${noun}_${kind.toLowerCase()}`),
  );
}
