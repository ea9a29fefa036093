import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerBytes, fittingCount } from '../../lib/api/answer-size.ts';
import { fitHits } from '../../lib/api/search/fit-hits.ts';
import type { Hit } from '../../lib/api/search/schema.ts';
import { Hit as HitSchema } from '../../lib/api/search/schema.ts';

/** Answers stay below what a function may answer with, whatever the words are. */

const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength }).map((raw) => raw.toWellFormed());
const heavy = fc.constantFrom('"', '\\', '\u0001', '語', '🧀', 'a').map((unit) => unit.repeat(100));
const words = fc.array(fc.oneof(text(20), heavy), { maxLength: 40 });
const hit: fc.Arbitrary<Hit> = fc.record({
  id: fc.constant('0'.repeat(32)),
  name: fc.oneof(text(1_000), heavy),
  score: fc.double({ min: 0, noNaN: true }),
  views: fc.array(
    fc.record({
      index: fc.nat(),
      kind: fc.constant('crop' as const),
      words,
      tags: words,
      caption: heavy,
      visibleText: text(300),
      highlights: fc.array(
        fc.record({ field: fc.constant('tag' as const), index: fc.nat(39), start: fc.nat(), end: fc.nat() }),
        { maxLength: 40 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  explanation: fc.record({
    terms: fc.array(
      fc.record({
        term: text(100),
        score: fc.double({ noNaN: true }),
        weight: fc.constant(1),
        idf: fc.constant(1),
        docFreq: fc.nat(),
        termFreq: fc.nat(),
      }),
      { maxLength: 60 },
    ),
    docLen: fc.nat(),
    avgDocLen: fc.constant(1),
    docCount: fc.nat(),
    k1: fc.constant(1),
    b: fc.constant(1),
  }),
});

describe('hits', () => {
  it('fit together, stay in order, and say what was cut', () => {
    fc.assert(
      fc.property(
        fc.array(hit, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 15, max: 60 }),
        (hits, kb) => {
          const room = hits.length * kb * 1_000;
          const fitted = fitHits(hits, room);
          expect(fitted.reduce((sum, one) => sum + answerBytes(one), 0)).toBeLessThanOrEqual(room);
          expect(fitted.map(({ id, score }) => [id, score])).toEqual(
            hits.map(({ id, score }) => [id, score]),
          );
          for (const [i, one] of fitted.entries()) {
            expect(one.views.length).toBeGreaterThan(0);
            if (one.cut) HitSchema.parse(one);
            else expect(one).toBe(hits[i]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the first entries of a page', () => {
  it('are as many as fit, and one at least', () => {
    fc.assert(
      fc.property(fc.array(text(200)), fc.nat(5_000), (entries, room) => {
        const count = fittingCount(entries, room);
        const bytes = (end: number) => entries.slice(0, end).reduce((sum, one) => sum + answerBytes(one), 0);
        if (count > 1) expect(bytes(count)).toBeLessThanOrEqual(room);
        if (count < entries.length) expect(bytes(count + 1)).toBeGreaterThan(room);
        expect(count).toBeGreaterThanOrEqual(Math.min(1, entries.length));
      }),
    );
  });
});
