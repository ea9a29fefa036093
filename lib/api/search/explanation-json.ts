import type { ExplainedTerm } from '../../query/hits/score-views.ts';
import type { FoundImage } from '../../steps/search/found-image.ts';
import type { ExplanationJson } from './schema.ts';

/** A score taken apart, as the API shows it. */
export function explanationJson({
  terms,
  docLen,
  avgDocLen,
  docCount,
  k1,
  b,
  sameView,
}: FoundImage['explanation']): ExplanationJson {
  return {
    terms: terms.map(termJson),
    docLen,
    avgDocLen,
    docCount,
    k1,
    b,
    ...(sameView && {
      sameView: { viewIndex: sameView.viewIndex, terms: sameView.terms, score: sameView.score },
    }),
  };
}

const termJson = ({
  term,
  score,
  weight,
  idf,
  docFreq,
  termFreq,
  earliness,
  via,
  together,
  agreed,
}: ExplainedTerm): ExplanationJson['terms'][number] => ({
  term,
  score,
  weight,
  idf,
  docFreq,
  termFreq,
  ...(earliness !== undefined && { earliness }),
  ...(via !== undefined && { via }),
  ...(together !== undefined && { together }),
  ...(agreed !== undefined && { agreed }),
});
