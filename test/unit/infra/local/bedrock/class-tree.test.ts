import { expect, it } from 'vitest';
import { ClassTree, readClassTree } from '../../../../../infra/local/bedrock/class-tree.ts';

/** Eight outputs: three breeds of dog, a cat, a canoe, a truck, a kite that is a bird, and a toy kite. */
const SMALL = new ClassTree(
  [
    ...['beagle\t8', 'poodle\t8', 'collie\t8', 'tabby\t9'],
    ...['canoe\t11', 'truck\t11', 'kite\t10', 'kite'],
    ...['dog\t10', 'cat\t10', 'animal', 'vehicle'],
  ].join('\n'),
  8,
);
const [BEAGLE, DOG, ANIMAL] = [0, 8, 10];

const sums = (...probabilities: number[]) =>
  SMALL.sums(Float32Array.from({ length: 8 }, (_, output) => probabilities[output] ?? 0));

it('sums probabilities up to everything that is wider', () => {
  const all = sums(0.25, 0.25, 0.125, 0.125, 0.0625);
  expect(all[BEAGLE]).toBe(0.25);
  expect(all[DOG]).toBe(0.625);
  expect(all[ANIMAL]).toBe(0.75);
});

it('says the most specific class that is sure', () => {
  expect(SMALL.mostSpecific(sums(0.75, 0.125), 0.5)).toBe(BEAGLE);
  expect(SMALL.mostSpecific(sums(0.25, 0.25, 0.25), 0.5)).toBe(DOG);
  expect(SMALL.mostSpecific(sums(0.25, 0.125, 0, 0.375), 0.5)).toBe(ANIMAL);
  expect(SMALL.mostSpecific(sums(0.25, 0, 0, 0, 0, 0, 0, 0.25), 0.5)).toBeUndefined();
});

it('finds a class by its name, a wider one first, and knows what is a kind of what', () => {
  expect(SMALL.placeOf('dog')).toBe(DOG);
  expect(SMALL.placeOf('giraffe')).toBeUndefined();
  expect(SMALL.isKindOf(BEAGLE, ANIMAL)).toBe(true);
  expect(SMALL.isKindOf(ANIMAL, BEAGLE)).toBe(false);
});

it('has the 1,000 classes of ImageNet under everyday words', () => {
  const tree = readClassTree();
  const isA = (name: string, wider: string) => tree.isKindOf(tree.placeOf(name)!, tree.placeOf(wider)!);
  // By the list of ILSVRC 2012: the first, the last, and one in the middle.
  expect([tree.names[0], tree.names[999], tree.names[504]]).toEqual(['tench', 'toilet tissue', 'coffee mug']);
  expect(isA('cocker spaniel', 'dog')).toBe(true);
  expect(isA('Egyptian cat', 'animal')).toBe(true);
  expect(isA('espresso', 'coffee')).toBe(true);
  expect(isA('trailer truck', 'vehicle')).toBe(true);
  expect(tree.names[tree.widerOf(tree.placeOf('cocker spaniel')!)!]).toBe('dog');
  for (const learned of ['carnivore', 'instrumentality', 'vertebrate', 'artifact', 'object'])
    expect(tree.placeOf(learned)).toBeUndefined();
});
