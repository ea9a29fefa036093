import { describe, expect, it } from 'vitest';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import { parseImageId, parseSequencer } from '../../../lib/domain/ids.ts';
import { documentTerms } from '../../../lib/text/document-terms.ts';

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
    expect(documentTerms(gloss)).toEqual({
      termFreqs: new Map([
        ['cat', 3],
        ['red', 1],
        ['sofa', 2],
        ['a', 1],
      ]),
      docLen: 7,
    });
  });
});
