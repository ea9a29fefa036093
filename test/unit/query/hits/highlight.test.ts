import { describe, expect, it } from 'vitest';
import type { Gloss, ViewGloss } from '../../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';
import { GlossAnalysis } from '../../../../lib/query/hits/gloss-analysis.ts';
import { matchedViews, oncePerPicture } from '../../../../lib/query/hits/highlight.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const view = (index: number, side: number | undefined, caption: string): ViewGloss => ({
  view: {
    index,
    kind: side === undefined ? 'text' : 'crop',
    ...(side !== undefined && { box: { left: 0, top: 0, width: side, height: side } }),
  },
  tags: [],
  caption,
  visibleText: '',
});

const glossOf = (...views: ViewGloss[]): Gloss => ({
  imageId: parseImageId('0'.repeat(32)),
  sequencer: parseSequencer('1'),
  model: 'm',
  promptVersion: '1',
  cropPolicy: 'grid-2x2',
  views,
});

const analysed = (gloss: Gloss) => new GlossAnalysis(ENGLISH).of(gloss)!;

const order = (gloss: Gloss, weights: [string, number][]) =>
  matchedViews(analysed(gloss), new Map(weights)).map(({ gloss: { view } }) => view.index);

describe('matchedViews', () => {
  it('leaves out views without a term', () => {
    expect(order(glossOf(view(0, 400, 'a dog'), view(1, 200, 'a cat')), [['cat', 1]])).toEqual([1]);
    expect(order(glossOf(view(0, 400, 'a dog')), [['cat', 1]])).toEqual([]);
  });

  it('puts rarer terms before common ones, however often these are said', () => {
    const gloss = glossOf(view(0, 100, 'a man, a man and a man'), view(1, 400, 'a zebra'));
    expect(
      order(gloss, [
        ['man', 0.1],
        ['zebra', 3],
      ]),
    ).toEqual([1, 0]);
  });

  it('shows the smaller of views that say the same, then the earlier', () => {
    const gloss = glossOf(
      view(0, 400, 'cat'),
      view(1, 200, 'cat'),
      view(2, 200, 'cat'),
      view(3, undefined, 'cat'),
    );
    expect(order(gloss, [['cat', 1]])).toEqual([1, 2, 0, 3]);
    expect(order(glossOf(view(1, undefined, 'cat'), view(0, undefined, 'cat')), [['cat', 1]])).toEqual([
      0, 1,
    ]);
  });

  it('weighs views with the same terms the same, in whatever order they say them', () => {
    // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last bit.
    const gloss = glossOf(view(0, 400, 'one two three'), view(1, 200, 'three two one'));
    const weights: [string, number][] = [
      ['one', 0.1],
      ['two', 0.2],
      ['three', 0.3],
    ];
    expect(order(gloss, weights)).toEqual([1, 0]);
    expect(order(glossOf(view(0, 400, 'three two one'), view(1, 200, 'one two three')), weights)).toEqual([
      1, 0,
    ]);
  });

  it('quotes the words as they stand there', () => {
    const [hit] = matchedViews(
      analysed(glossOf(view(0, 1, 'Cats, cats and a CAFÉ table'))),
      new Map([
        ['cat', 1],
        ['cafe', 1],
      ]),
    );
    expect(hit).toMatchObject({ terms: ['cat', 'cafe'], words: ['Cats', 'cats', 'CAFÉ'] });
  });
});

describe('oncePerPicture', () => {
  it('has a picture where its most telling answer is, with the words of all answers about it', () => {
    const gloss = glossOf(view(0, 400, 'Cats'), view(1, 200, 'a cat and its bed'), {
      ...view(0, 400, 'a bed, a lamp and a vase'),
      ask: 2,
    });
    const weightOf = new Map(['cat', 'bed', 'lamp', 'vase'].map((term) => [term, 1]));
    const shown = oncePerPicture(matchedViews(analysed(gloss), weightOf));
    expect(shown.map(({ gloss: { view, ask }, words }) => [view.index, ask, words])).toEqual([
      [0, 2, ['bed', 'lamp', 'vase', 'Cats']],
      [1, undefined, ['cat', 'bed']],
    ]);
  });
});
