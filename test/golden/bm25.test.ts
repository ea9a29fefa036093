import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateExhaustively } from '../../lib/query/evaluate/exhaustive.ts';
import { PAPER_PARAMS } from '../../lib/rank/bm25.ts';
import { contentsOf, segmentOf } from '../support/segments.ts';
import type { Bm25Golden } from './make-bm25.ts';

const golden = JSON.parse(readFileSync(new URL('bm25-lancedb.json', import.meta.url), 'utf8')) as Bm25Golden;
const documents = golden.documents.map((text) => text.split(' '));
// Segments of uneven size: what is searched is the whole.
const segments = [documents.slice(0, 10), documents.slice(10, 200), documents.slice(200)].map((batch) => ({
  docs: batch.length,
  deletions: undefined,
  lists: new Map(contentsOf(segmentOf(batch)).lists()),
}));
const collection = { docCount: documents.length, totalLen: documents.flat().length };

/** LanceDB adds and stores 32-bit floats; sums of a few terms keep six digits. */
const RELATIVE = 1e-6;

describe(`scores of ${golden.engine}`, () => {
  it('are of a corpus worth comparing', () => {
    expect(documents).toHaveLength(300);
    expect(golden.queries).toHaveLength(40);
    expect(golden.queries.filter(({ hits }) => hits.length >= 10).length).toBeGreaterThan(30);
  });

  it.each(golden.queries)('agree on "$query"', ({ query, total: matching, hits }) => {
    const terms = { scoring: query.split(' ').map((term) => ({ term, weight: 1 })), cnf: [] };
    const { top, total } = evaluateExhaustively(segments, terms, collection, PAPER_PARAMS, hits.length);
    expect(total).toBe(matching);
    expect(top).toHaveLength(hits.length);
    const theirs = new Map(hits);
    top.forEach(({ doc, score }, rank) => {
      // The same score at each place, and the same documents but for equals that the last place cuts off.
      expect(Math.abs(hits[rank]![1] - score)).toBeLessThanOrEqual(score * RELATIVE);
      const last = hits.at(-1)![1];
      expect(Math.abs((theirs.get(doc) ?? last) - score)).toBeLessThanOrEqual(score * RELATIVE);
    });
  });
});
