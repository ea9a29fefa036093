import type { ClassTree } from './class-tree.ts';
import { COCO_ANIMALS, type CocoClass } from './coco-classes.ts';
import type { Detection } from './nanodet-decode.ts';
import type { Sight } from './networks-worker.ts';

/** What of a sight is said. */
export interface Claims {
  /** Objects that are surely there, the surest first. */
  readonly objects: readonly Detection[];
  /** What the picture surely shows: the most specific class, then the next wider everyday word. */
  readonly subject: readonly string[];
  /** Classes of objects that are perhaps there, the surest first. */
  readonly guesses: readonly CocoClass[];
}

/** What is shown: a whole picture, or a part of one. */
export type Shown = 'whole' | 'crop';

/** From which score or probability on something is said. */
interface Thresholds {
  readonly object: number;
  readonly subject: number;
  /** Infinite: nothing is guessed. */
  readonly guess: number;
}

/**
 * Chosen by precision on photos (lib/tools/measure-detector.ts, docs/relevance.md): what is sure is true 19 times of 20. In a crop everything takes more,
 * and of what a crop alone would guess one in five is true, so that there it is not said.
 */
export const THRESHOLDS: Readonly<Record<Shown, Thresholds>> = {
  whole: { object: 0.5, subject: 0.5, guess: 0.22 },
  crop: { object: 0.65, subject: 0.8, guess: Infinity },
};

/** Detections below it are of no use. */
export const LOWEST_SCORE = Math.min(
  ...Object.values(THRESHOLDS).flatMap(({ object, guess }) => [object, guess]),
);

/** Where the classifier sees an animal with this probability, one that it gives less than UNLIKELY is none. */
const SEES_ANIMAL = 0.6;
const UNLIKELY = 0.03;

/**
 * What two networks say of one picture, without what contradicts: what the detector surely calls a giraffe is no big cat, and what the classifier takes for
 * an animal, but hardly for an elephant, is none. Animals alone contradict each other, since other things stand side by side.
 */
export function claimsOf({ detections, probabilities }: Sight, shown: Shown, tree: ClassTree): Claims {
  const { object: minObject, subject: minSubject, guess: minGuess } = THRESHOLDS[shown];
  const sums = tree.sums(probabilities);
  const animal = tree.placeOf('animal')!;
  const isExcluded = (name: CocoClass): boolean => {
    const place = COCO_ANIMALS.has(name) ? tree.placeOf(name) : undefined;
    // Of horses the classifier knows sorrels alone.
    const isKnown = place !== undefined && (tree.isOutput(place) || tree.kindsOf(place) > 1);
    return isKnown && sums[animal]! >= SEES_ANIMAL && sums[place]! < UNLIKELY;
  };
  const possible = detections.filter(({ name }) => !isExcluded(name));
  const objects = possible.filter(({ score }) => score >= minObject);
  const sureNames = new Set(objects.map(({ name }) => name));
  const guesses = new Set(possible.filter(({ score }) => score >= minGuess).map(({ name }) => name));

  const place = tree.mostSpecific(sums, minSubject);
  return {
    objects,
    subject: place === undefined ? [] : subjectOf(place, sureNames, animal, tree),
    guesses: [...guesses.difference(sureNames)],
  };
}

function subjectOf(
  place: number,
  sureNames: ReadonlySet<CocoClass>,
  animal: number,
  tree: ClassTree,
): readonly string[] {
  for (const name of sureNames) {
    const object = tree.placeOf(name);
    const isSaid = object !== undefined && tree.isKindOf(object, place);
    const isOther =
      COCO_ANIMALS.has(name) &&
      tree.isKindOf(place, animal) &&
      (object === undefined || !tree.isKindOf(place, object));
    if (isSaid || isOther) return [];
  }
  const wider = tree.widerOf(place);
  return [tree.names[place]!, ...(wider === undefined ? [] : [tree.names[wider]!])];
}
