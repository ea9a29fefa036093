import { describe, expect, it } from 'vitest';
import type { Gloss, ViewGloss } from '../../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';
import { GlossAnalysis } from '../../../../lib/query/hits/gloss-analysis.ts';
import { RERANK_NOTHING, scoreViews } from '../../../../lib/query/hits/score-views.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const view = (index: number, caption: string): ViewGloss => ({
  view: { index, kind: 'text' },
  tags: [],
  caption,
  visibleText: '',
});
const gloss: Gloss = {
  imageId: parseImageId('0'.repeat(32)),
  sequencer: parseSequencer('1'),
  model: 'm',
  promptVersion: '1',
  cropPolicy: 'none',
  views: ['a red bus', 'a bus', 'a street', 'the bus'].map((caption, i) => view(i, caption)),
};
const analysed = new GlossAnalysis(ENGLISH).of(gloss)!;
const scored = (term: string, idf: number, weight = 1) => ({
  term,
  score: 10,
  weight,
  idf,
  docFreq: 5,
  termFreq: 1,
});

const AGREEMENT = { proximity: false, agreement: true };
const PROXIMITY = { proximity: true, agreement: false };
const ONE_THING = { neighbours: [], asksForSeveral: false };
const SEVERAL = { neighbours: [['red', 'bus'] as const], asksForSeveral: true };

describe('scoreViews', () => {
  it('adds the rarity of a term times the share of the views that say it', () => {
    const found = [scored('bus', 2), scored('street', 4, 0.5)];
    const { terms, score, sameView } = scoreViews(analysed, found, AGREEMENT, ONE_THING);
    // bus: three of four views, 2 x 3/4; street: one of four, at half the weight, 4 x 1/2 x 1/4.
    expect(terms.map(({ term, score: part, agreed }) => [term, part, agreed])).toEqual([
      ['bus', 11.5, 1.5],
      ['street', 10.5, 0.5],
    ]);
    expect([score, sameView]).toEqual([22, undefined]);
  });

  it('counts the whole picture as much as four crops', () => {
    const views = gloss.views.map((said, i) => ({
      ...said,
      view: { ...said.view, kind: i === 0 ? ('whole' as const) : ('crop' as const) },
    }));
    const found = [scored('red', 4), scored('street', 4), scored('bus', 4)];
    const { terms } = scoreViews(
      new GlossAnalysis(ENGLISH).of({ ...gloss, views })!,
      found,
      AGREEMENT,
      ONE_THING,
    );
    // The whole is 4/7 of the picture's views, each crop 1/7.
    expect(terms.map(({ agreed }) => agreed)).toEqual(
      [16 / 7, 4 / 7, 24 / 7].map((part) => expect.closeTo(part, 12) as number),
    );
  });

  it('adds half of that where several things are asked for', () => {
    const found = [scored('bus', 2), scored('street', 4)];
    const { terms } = scoreViews(analysed, found, AGREEMENT, SEVERAL);
    expect(terms.map(({ agreed }) => agreed)).toEqual([0.75, 0.5]);
  });

  it('adds to several things the rarity of function words times the share of the views that have them', () => {
    const fillers = [
      { term: 'a', idf: 0.4, docFreq: 900 },
      { term: 'near', idf: 3, docFreq: 50 },
    ];
    const { terms, score, views } = scoreViews(analysed, [scored('bus', 2)], AGREEMENT, SEVERAL, fillers);
    // "a" is in three of four views.
    expect(terms[1]).toEqual({
      term: 'a',
      idf: 0.4,
      docFreq: 900,
      weight: 0,
      termFreq: 3,
      score: 0.4 * 0.75,
      agreed: 0.4 * 0.75,
    });
    expect(terms).toHaveLength(2);
    expect(score).toBeCloseTo(10.75 + 0.3, 10);
    expect(views.flatMap((view) => view.terms)).not.toContain('a');
  });

  it('adds what standing together does, to the words alone', () => {
    const terms = [scored('red', 3), scored('bus', 2), { ...scored('=vehicl', 1, 0.3), via: 'bus' }];
    const result = scoreViews(analysed, terms, PROXIMITY, SEVERAL);
    // An eighth of their rarities.
    expect(result.sameView).toMatchObject({ viewIndex: 0, terms: ['red', 'bus'], score: 0.625 });
    expect(result.terms.map(({ score }) => score)).toEqual([10.375, 10.25, 10]);
    expect(result.views[0]!.gloss.view.index).toBe(0);
  });

  it('leaves the score as it is where neither counts', () => {
    const { score, terms } = scoreViews(analysed, [scored('bus', 2)], RERANK_NOTHING, SEVERAL);
    expect([score, terms]).toEqual([10, [scored('bus', 2)]]);
  });
});
