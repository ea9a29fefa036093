import { describe, expect, it } from 'vitest';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../lib/domain/ids.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { documentTermsBy } from '../../../lib/text/document-terms.ts';

describe('documentTerms', () => {
  it('counts the terms of all texts of all views', () => {
    const gloss: Gloss = {
      imageId: parseImageId('0'.repeat(32)),
      sequencer: parseSequencer('1'),
      model: 'm',
      promptVersion: '1',
      cropPolicy: 'none',
      views: [
        {
          view: { index: 0, kind: 'whole' },
          tags: ['cat', 'red sofa'],
          caption: 'A cat.',
          visibleText: 'CATS',
        },
        { view: { index: 1, kind: 'crop' }, tags: ['sofa'], caption: '', visibleText: '' },
      ],
    };
    expect(documentTermsBy(ENGLISH)(gloss)).toEqual({
      termFreqs: new Map([
        ['cat', 3],
        ['=cat', 3],
        ['=mammal', 3],
        ['=anim', 3],
        ['red', 1],
        ['sofa', 2],
        ['=furnitur', 2],
        ['a', 1],
      ]),
      docLen: 7,
    });
  });
});
