import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluateExhaustively, type SegmentLists } from '../../lib/query/evaluate/exhaustive.ts';
import { countDocs, docsOf, matchSets } from '../../lib/query/evaluate/match-sets.ts';
import { PostingsList } from '../../lib/query/evaluate/postings-list.ts';
import { parseQuery } from '../../lib/query/syntax/parse-query.ts';
import { compileQuery } from '../../lib/query/plan/compile-query.ts';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import { contentsOf, segmentOf, type Words } from '../support/segments.ts';

// Words of one or two letters, which stemming leaves alone; few of them, so that ties are common.
const word = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff');
const document = fc.record({ words: fc.array(word, { maxLength: 6 }), deleted: fc.boolean() });
const snapshot = fc.array(fc.array(document, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});
const clause = fc.record({ sign: fc.constantFrom('', '', '', '+', '-'), word });
const query = fc
  .array(clause, { minLength: 1, maxLength: 6 })
  .filter((clauses) => clauses.some(({ sign }) => sign !== '-'));

/** BM25 as the textbook has it, over the documents themselves. */
function scoreNaively(
  documents: readonly { words: Words; deleted: boolean }[],
  clauses: readonly { sign: string; word: string }[],
) {
  const avgLen = documents.reduce((sum, { words }) => sum + words.length, 0) / documents.length;
  const scoring = [...new Set(clauses.filter(({ sign }) => sign !== '-').map(({ word }) => word))];
  const hits: { doc: number; score: number }[] = [];
  documents.forEach(({ words, deleted }, doc) => {
    if (deleted || !scoring.some((word) => words.includes(word))) return;
    if (
      clauses.some(
        ({ sign, word }) => (sign === '+' && !words.includes(word)) || (sign === '-' && words.includes(word)),
      )
    )
      return;
    let score = 0;
    for (const term of scoring) {
      const tf = words.filter((word) => word === term).length;
      const n = documents.filter((other) => other.words.includes(term)).length;
      const idf = Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
      score += (idf * tf * (1.2 + 1)) / (tf + 1.2 * (1 - 0.75 + (0.75 * words.length) / avgLen));
    }
    hits.push({ doc, score });
  });
  return hits.sort((a, b) => b.score - a.score || a.doc - b.doc);
}

it('exhaustive evaluation is BM25 over the documents, with ties, signs, segments and deletions', () => {
  fc.assert(
    fc.property(snapshot, query, fc.integer({ min: 0, max: 20 }), (batches, clauses, k) => {
      const documents = batches.flat();
      const totalLen = documents.reduce((sum, { words }) => sum + words.length, 0);
      const segments = batches.map((batch): SegmentLists => {
        const deleted = [...batch.keys()].filter((docId) => batch[docId]!.deleted);
        return {
          docs: batch.length,
          deletions: deleted.length === 0 ? undefined : Deletions.none(batch.length).with(deleted),
          lists: new Map(contentsOf(segmentOf(batch.map(({ words }) => words))).lists()),
        };
      });
      const terms = compileQuery(parseQuery(clauses.map(({ sign, word }) => sign + word).join(' '))).terms;
      const collection = { docCount: documents.length, totalLen };
      const { top, total } = evaluateExhaustively(segments, terms, collection, { k1: 1.2, b: 0.75 }, k);
      const expected = scoreNaively(documents, clauses);
      expect(top).toEqual(expected.slice(0, k));
      expect(total).toBe(expected.length);
      const postings = segments.map(({ lists, ...segment }) => ({
        ...segment,
        lists: new Map(Array.from(lists, ([term, list]) => [term, PostingsList.complete(list)])),
      }));
      const sets = matchSets(postings, terms);
      expect(docsOf(sets, postings)).toEqual(expected.map(({ doc }) => doc).toSorted((a, b) => a - b));
      expect(countDocs(sets)).toBe(expected.length);
    }),
    { numRuns: 1_000 },
  );
});
