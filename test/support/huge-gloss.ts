const ORIGIN = { model: 'm', promptVersion: '1', cropPolicy: 'none' };

/** A gloss of some 95 KB that speaks of the sky: captions of quotes, which take more bytes in an answer, or long tags. */
export const hugeGloss = (i: number) => ({ ...ORIGIN, views: i % 2 === 0 ? captioned(i) : tagged() });

const captioned = (i: number) =>
  Array.from({ length: 14 }, (_, index) => ({
    index,
    kind: 'text',
    tags: ['sky', ...Array.from({ length: 20 }, (_, t) => `${'"'.repeat(9)}w${t}`)],
    caption: `sky ${'"\\ '.repeat(1_200)} n${i}`,
    visibleText: '語'.repeat(100),
  }));

const tagged = () =>
  Array.from({ length: 3 }, (_, index) => ({
    index,
    kind: 'text',
    // Hangul has spaces between words: three bytes a letter, and one word to analyse.
    tags: Array.from({ length: 34 }, (_, t) => `sky ${t} ${'가'.repeat(290)}`),
    caption: '',
    visibleText: '',
  }));

/** Bodies of POST /v1/documents, ten images each, below the limit of a body. */
export const hugeImports = (images: number) =>
  Array.from({ length: images / 10 }, (_, part) => ({
    documents: Array.from({ length: 10 }, (_, i) => ({
      id: `${part * 10 + i}`,
      gloss: hugeGloss(part * 10 + i),
    })),
  }));
