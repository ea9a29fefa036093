import { expect, it } from 'vitest';
import { explanationJson } from '../../../../lib/api/search/explanation-json.ts';

const TERM = { term: 'sunset', score: 1.5, weight: 1, idf: 0.5, docFreq: 3, termFreq: 2 };
const SCORE = { docLen: 10, avgDocLen: 12.5, docCount: 7, k1: 1.2, b: 0.75 };

it('shows a score without parts that it does not have', () => {
  expect(explanationJson({ terms: [TERM], ...SCORE })).toEqual({ terms: [TERM], ...SCORE });
});

it('shows every part of a score, and no field that the API does not describe', () => {
  const term = { ...TERM, via: 'dusk', together: 0.25, agreed: 0.125 };
  const sameView = { viewIndex: 1, terms: ['sunset', 'sea'], score: 0.5 };
  const internal = { internal: 'of the engine' };
  const explanation = {
    ...SCORE,
    terms: [{ ...term, ...internal }],
    sameView: { ...sameView, parts: new Map(), ...internal },
    ...internal,
  };
  expect(explanationJson(explanation)).toEqual({ ...SCORE, terms: [term], sameView });
});
