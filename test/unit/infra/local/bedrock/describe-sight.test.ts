import { expect, it } from 'vitest';
import type { CocoClass } from '../../../../../infra/local/bedrock/coco-classes.ts';
import type { ColourName } from '../../../../../infra/local/bedrock/colours.ts';
import { describeSight } from '../../../../../infra/local/bedrock/describe-sight.ts';

function describe(
  classes: readonly CocoClass[],
  colours: readonly ColourName[],
  { subject = [], guesses = [] }: { subject?: readonly string[]; guesses?: readonly CocoClass[] } = {},
) {
  const box = { left: 0, top: 0, right: 1, bottom: 1 };
  return describeSight(
    { objects: classes.map((name, i) => ({ name, score: 0.9 - i / 100, box })), subject, guesses },
    colours.map((name) => ({ name, share: 0.3 })),
  );
}

it('counts objects in the caption and names each class once, then the colours', () => {
  expect(describe(['cat', 'couch', 'cat'], ['brown', 'white'])).toEqual({
    tags: ['cat', 'couch', 'brown', 'white'],
    caption: '2 cats and a couch, mostly brown and white',
    visibleText: '',
  });
});

it('says just the colours where nothing was found', () => {
  expect(describe([], ['grey'])).toEqual({ tags: ['grey'], caption: 'grey', visibleText: '' });
});

it('says what kind of thing one object is, and adds what is no kind of any', () => {
  const subject = ['cocker spaniel', 'dog'];
  expect(describe(['dog'], ['brown'], { subject })).toMatchObject({
    tags: ['dog', 'cocker spaniel', 'brown'],
    caption: 'a cocker spaniel, mostly brown',
  });
  expect(describe(['dog', 'dog'], ['brown'], { subject }).caption).toBe(
    '2 dogs and a cocker spaniel, mostly brown',
  );
  expect(describe(['cup'], ['brown'], { subject: ['espresso', 'coffee'] })).toMatchObject({
    tags: ['cup', 'espresso', 'coffee', 'brown'],
    caption: 'a cup and espresso, mostly brown',
  });
});

it('puts what is only perhaps there at the end of the caption, and in no tag', () => {
  expect(describe(['cup'], ['red'], { guesses: ['spoon', 'orange'] })).toMatchObject({
    tags: ['cup', 'red'],
    caption: 'a cup, mostly red; perhaps a spoon and an orange',
  });
  expect(describe([], ['red'], { guesses: ['skis'] }).caption).toBe('red; perhaps skis');
});

it.each([
  [['person', 'person', 'umbrella'], '2 people and an umbrella'],
  [['knife', 'knife', 'wine glass', 'wine glass'], '2 knives and 2 wine glasses'],
  [['couch', 'couch', 'toothbrush', 'toothbrush', 'bus', 'bus'], '2 couches, 2 toothbrushes and 2 buses'],
  [['skis', 'sheep', 'mouse', 'mouse', 'bus'], 'skis, a sheep, 2 mice and a bus'],
  [['broccoli', 'broccoli', 'scissors'], '2 broccoli and scissors'],
] as const)('puts %j into English', (classes, objects) => {
  expect(describe(classes, ['red']).caption).toBe(`${objects}, mostly red`);
});

it('names an orange that is orange once', () => {
  expect(describe(['orange'], ['orange']).tags).toEqual(['orange']);
});
