import { describe, expect, it } from 'vitest';
import type { Gloss } from '../../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';
import { GlossAnalysis } from '../../../../lib/query/hits/gloss-analysis.ts';
import { proximityIn } from '../../../../lib/query/hits/proximity.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const IDFS = new Map([
  ['man', 1],
  ['red', 2],
  ['shirt', 4],
]);
const NEIGHBOURS = [
  ['man', 'red'],
  ['red', 'shirt'],
] as const;

const together = (...captions: string[]) => {
  const gloss: Gloss = {
    imageId: parseImageId('0'.repeat(32)),
    sequencer: parseSequencer('1'),
    model: 'm',
    promptVersion: '1',
    cropPolicy: 'none',
    views: captions.map((caption, index) => ({
      view: { index, kind: 'text' },
      tags: ['red', 'shirt'],
      caption,
      visibleText: '',
    })),
  };
  return proximityIn(new GlossAnalysis(ENGLISH).of(gloss)!, IDFS, NEIGHBOURS);
};

describe('words of a query stand together', () => {
  it('in its order, up to three places apart, each pair once', () => {
    // Man-red and red-shirt; red stands in both: (1 + 2 + 2 + 4) / 8.
    expect(together('a red shirt', 'a man in a red shirt', 'a man in red')).toEqual({
      viewIndex: 1,
      terms: ['man', 'red', 'shirt'],
      parts: new Map([
        ['man', 0.125],
        ['red', 0.5],
        ['shirt', 0.5],
      ]),
      score: 1.125,
    });
  });

  it('and not in another order, far apart, or in two texts of a view', () => {
    expect(together('his shirt is red')).toBeUndefined();
    expect(together('red is the colour of the shirt')).toBeUndefined();
    expect(together('a shirt')).toBeUndefined();
  });

  it('and not as words that the picture is not scored by', () => {
    const gloss = together('a man with red hair');
    expect(gloss?.terms).toEqual(['man', 'red']);
  });
});
