import { expect, it } from 'vitest';
import { countCaptions } from '../../../../lib/tools/background/count-captions.ts';

const LIMITS = { leastPictures: 3, leastOfCompanion: 2, mostCompanions: 2 };
const surfers = Array.from({ length: 6 }, () => ['a puppy on a wave', 'the wave and its foam']);
const streets = Array.from({ length: 60 }, () => ['a street with cars', 'the 7 trees']);

it('counts the pictures that say words, their classes and what stands beside them, and no function words or numbers', () => {
  const { companionsOf: companions } = countCaptions([...surfers, ...streets], LIMITS);
  const of = (term: string) => companions.get(term)?.map((companion) => companion.term);
  expect(of('wave')).toEqual(['foam', 'puppi']);
  expect(of('=dog')).toEqual(['foam', 'puppi']); // and "wave", as strong as these: two at most
  expect(of('street')).toEqual(['car', 'tree']);
  expect([of('the'), of('7')]).toEqual([undefined, undefined]);
});

it('leaves out what too few pictures say', () => {
  const { companionsOf: companions } = countCaptions(
    [...streets, ['a harp in a hall'], ['a harp in a hall']],
    LIMITS,
  );
  expect(companions.has('harp')).toBe(false);
  const { companionsOf: surfersToo } = countCaptions([...streets, ...surfers], {
    ...LIMITS,
    leastOfCompanion: 7,
  });
  expect(surfersToo.has('wave')).toBe(false); // nothing that it goes with is in seven pictures
});
