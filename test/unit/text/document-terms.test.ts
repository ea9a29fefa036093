import { describe, expect, it } from 'vitest';
import type { Gloss, ViewWords } from '../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../lib/domain/ids.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { documentTermsBy } from '../../../lib/text/document-terms.ts';

const glossOf = (views: readonly Partial<ViewWords>[]): Gloss => ({
  imageId: parseImageId('0'.repeat(32)),
  sequencer: parseSequencer('1'),
  model: 'm',
  promptVersion: '1',
  cropPolicy: 'none',
  views: views.map((words, index) => ({
    view: { index, kind: index === 0 ? ('whole' as const) : ('crop' as const) },
    tags: [],
    caption: '',
    visibleText: '',
    ...words,
  })),
});

describe('documentTerms', () => {
  it('counts the terms of all texts of all views', () => {
    const gloss = glossOf([
      { tags: ['cat', 'red sofa'], caption: 'A cat.', visibleText: 'CATS' },
      { tags: ['sofa'] },
    ]);
    const { mentions, docLen } = documentTermsBy(ENGLISH)(gloss);
    expect(docLen).toBe(7);
    expect(new Map(Array.from(mentions, ([term, { termFreq }]) => [term, termFreq]))).toEqual(
      new Map([
        ['cat', 3],
        ['=cat', 3],
        ['=mammal', 3],
        ['=anim', 3],
        ['red', 1],
        ['sofa', 2],
        ['=furnitur', 2],
        ['a', 1],
      ]),
    );
  });

  it('counts a word a quarter where it ends the name of something else', () => {
    const { mentions } = documentTermsBy(ENGLISH)(
      glossOf([{ tags: ['teddy bear', 'polar bear', 'bear'] }, { tags: ['hot dog'] }]),
    );
    // A tag is a text of its own, which counts as one of 300 characters.
    const [behindTeddy, behindHot] = [1 - 6 / 300, 1 - 4 / 300];
    expect(mentions.get('bear')).toEqual({
      termFreq: 3,
      earliness: expect.closeTo((behindTeddy / 4 + behindTeddy + 1) / 3, 12) as number,
    });
    // In a crop, which counts a quarter itself.
    expect(mentions.get('dog')).toEqual({ termFreq: 1, earliness: behindHot / 4 / 4 });
    expect(mentions.get('teddi bear')).toEqual({ termFreq: 1, earliness: 1 });
    expect(mentions.get('teddi')).toEqual({ termFreq: 1, earliness: 1 });
  });

  it('says how early its texts say a term, on the mean over its mentions', () => {
    // Texts of 600 characters, with words at their places; what is shorter than 300 counts as one of 300.
    const long = (...words: readonly (readonly [place: number, word: string])[]) =>
      words.reduce((text, [place, word]) => text.padEnd(place) + word, '').padEnd(600);
    const { mentions } = documentTermsBy(ENGLISH)(
      glossOf([
        {
          caption: long([0, 'dog'], [300, 'cat'], [590, 'dog']),
          visibleText: `${' '.repeat(30)}cat`,
        },
      ]),
    );
    expect(mentions.get('dog')).toEqual({
      termFreq: 2,
      earliness: expect.closeTo((1 + 10 / 600) / 2, 12) as number,
    });
    expect(mentions.get('cat')).toEqual({
      termFreq: 2,
      earliness: expect.closeTo((0.5 + 0.9) / 2, 12) as number,
    });
  });

  it('counts what is said of a crop a quarter as early', () => {
    const { mentions } = documentTermsBy(ENGLISH)(
      glossOf([{ tags: ['dog'] }, { tags: ['dog'], caption: `${' '.repeat(30)}cat` }, { tags: ['cat'] }]),
    );
    expect(mentions.get('dog')).toEqual({ termFreq: 2, earliness: (1 + 0.25) / 2 });
    expect(mentions.get('cat')).toEqual({
      termFreq: 2,
      earliness: expect.closeTo((0.25 * 0.9 + 0.25) / 2, 12) as number,
    });
  });

  it('takes what a person wrote into the file for as early as can be', () => {
    const { mentions } = documentTermsBy(ENGLISH)({
      ...glossOf([{ caption: `${' '.repeat(597)}dog` }]),
      file: { keywords: ['boat'] },
    });
    expect(mentions.get('boat')!.earliness).toBe(1);
    expect(mentions.get('dog')!.earliness).toBeCloseTo(3 / 600, 12);
  });
});
