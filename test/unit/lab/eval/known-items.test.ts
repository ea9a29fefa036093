import { expect, it } from 'vitest';
import { askedWith, heldOut, sampleOf } from '../../../../lib/lab/eval/known-items.ts';

it('each image is asked for with its last text, which is not indexed', () => {
  const documents = [
    { id: 'a', texts: ['a dog', 'a brown dog', 'a dog runs'] },
    { id: 'b', texts: ['a cat'], tags: ['cat'] },
    { id: 'c', captions: ['a bird'] },
  ];
  expect(heldOut(documents)).toEqual({
    documents: [
      { id: 'a', texts: ['a dog', 'a brown dog'] },
      { id: 'b', texts: ['a cat'], tags: ['cat'] },
      { id: 'c', captions: ['a bird'] },
    ],
    questions: [{ id: 'a', text: 'a dog runs' }],
  });
});

it('every text that others wrote about an indexed image asks for it', () => {
  const documents = [{ id: 'a', texts: ['a dog'] }];
  const others = [
    { id: 'a', texts: ['one hound', 'a pet'] },
    { id: 'z', texts: ['a zebra'] },
  ];
  expect(askedWith(documents, others)).toEqual({
    documents,
    questions: [
      { id: 'a', text: 'one hound' },
      { id: 'a', text: 'a pet' },
    ],
  });
});

it('a sample is spread evenly over everything', () => {
  const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(sampleOf(ten, 4)).toEqual([0, 2, 5, 7]);
  expect(sampleOf(ten, 10)).toEqual(ten);
  expect(sampleOf(ten, Infinity)).toEqual(ten);
});
