import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TopK } from '../../../../lib/query/evaluate/top-k.ts';

it('TopK keeps what a sort by score, then insertion, would put first', () => {
  const scores = fc.array(fc.constantFrom(0, 0.5, 1, 1.5, 2, 3), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 20 }), fc.boolean(), (values, k, backwards) => {
      const docs = values.map((score, doc) => ({ doc, score }));
      const top = new TopK(k);
      for (const { doc, score } of backwards ? docs.toReversed() : docs) top.offer(doc, score);
      expect(top.ranked()).toEqual(docs.toSorted((a, b) => b.score - a.score || a.doc - b.doc).slice(0, k));
    }),
    { numRuns: 500 },
  );
});
