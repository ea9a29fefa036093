import { expect, it } from 'vitest';
import type { CocoClass } from '../../../../../infra/local/bedrock/coco-classes.ts';
import type { ColourName } from '../../../../../infra/local/bedrock/colours.ts';
import { describeDetections } from '../../../../../infra/local/bedrock/describe-detections.ts';

function describe(classes: readonly CocoClass[], colours: readonly ColourName[]) {
  return describeDetections(
    classes.map((name, i) => ({ name, score: 0.9 - i / 100, box: { left: 0, top: 0, right: 1, bottom: 1 } })),
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

it.each([
  [['person', 'person', 'umbrella'], '2 people and an umbrella'],
  [['knife', 'knife', 'wine glass', 'wine glass'], '2 knives and 2 wine glasses'],
  [['couch', 'couch', 'toothbrush', 'toothbrush', 'bus', 'bus'], '2 couches, 2 toothbrushes and 2 buses'],
  [['skis', 'sheep', 'mouse', 'mouse'], 'skis, a sheep and 2 mice'],
  [['broccoli', 'broccoli', 'scissors'], '2 broccoli and scissors'],
] as const)('puts %j into English', (classes, objects) => {
  expect(describe(classes, ['red']).caption).toBe(`${objects}, mostly red`);
});

it('names an orange that is orange once', () => {
  expect(describe(['orange'], ['orange']).tags).toEqual(['orange']);
});
