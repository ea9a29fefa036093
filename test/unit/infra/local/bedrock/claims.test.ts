import { expect, it } from 'vitest';
import { readClassTree } from '../../../../../infra/local/bedrock/class-tree.ts';
import { claimsOf, THRESHOLDS, type Shown } from '../../../../../infra/local/bedrock/claims.ts';
import type { CocoClass } from '../../../../../infra/local/bedrock/coco-classes.ts';

const tree = readClassTree();
const { object: SURE, subject: SUBJECT, guess: GUESS } = THRESHOLDS.whole;

function claims(
  objects: Partial<Record<CocoClass, number>>,
  classes: Readonly<Record<string, number>>,
  shown: Shown = 'whole',
) {
  const probabilities = new Float32Array(1_000);
  for (const [name, probability] of Object.entries(classes))
    probabilities[tree.names.indexOf(name)] = probability;
  const detections = Object.entries(objects).map(([name, score]) => ({
    name: name as CocoClass,
    score,
    box: { left: 0, top: 0, right: 1, bottom: 1 },
  }));
  const { objects: sure, ...rest } = claimsOf({ detections, probabilities }, shown, tree);
  return { objects: sure.map(({ name }) => name), ...rest };
}

it('says what is sure, and guesses the rest', () => {
  expect(claims({ cup: SURE, spoon: GUESS, fork: GUESS - 0.01 }, { espresso: SUBJECT })).toEqual({
    objects: ['cup'],
    subject: ['espresso', 'coffee'],
    guesses: ['spoon'],
  });
});

it('says less of a crop, and guesses nothing', () => {
  expect(claims({ cup: SURE, spoon: GUESS }, { espresso: SUBJECT }, 'crop')).toEqual({
    objects: [],
    subject: [],
    guesses: [],
  });
});

it('has no big cat where there is surely a giraffe, and no dog where there is surely a cat', () => {
  expect(claims({ giraffe: SURE }, { leopard: SUBJECT }).subject).toEqual([]);
  expect(claims({ cat: SURE }, { beagle: SUBJECT }).subject).toEqual([]);
});

it('says which cat it is, and not once more that it is an animal', () => {
  expect(claims({ cat: SURE }, { 'Egyptian cat': SUBJECT }).subject).toEqual(['Egyptian cat', 'cat']);
  expect(claims({ cat: SURE }, { 'Egyptian cat': 0.3, beagle: 0.3 }).subject).toEqual([]);
});

it('has no elephant where an animal is something else, and a horse that is no sorrel', () => {
  expect(claims({ elephant: GUESS, bench: GUESS }, { badger: 0.4, weasel: 0.45 }).guesses).toEqual(['bench']);
  expect(claims({ bear: SURE }, { porcupine: 0.8 })).toEqual({
    objects: [],
    subject: ['porcupine'],
    guesses: [],
  });
  expect(claims({ horse: SURE }, { bighorn: 0.3, hartebeest: 0.35 }).objects).toEqual(['horse']);
  expect(claims({ elephant: GUESS }, { badger: 0.4, 'Indian elephant': 0.3 }).guesses).toEqual(['elephant']);
});
