import { textsOf, type Gloss } from '../domain/gloss.ts';
import { ENGLISH, type Analyzer } from './analyzer.ts';
import { indexTerms } from './index-terms.ts';

/** The analysed terms of one gloss. */
export interface DocumentTerms {
  /** term -> how often it stands in the gloss, over all its views. */
  readonly termFreqs: ReadonlyMap<string, number>;
  /** Number of words with repetitions; compounds and classes stand for words that are counted already. */
  readonly docLen: number;
}

/** All views of a gloss as one document, as Nakata et al. concatenate the captions of crops (section 3). */
export const documentTermsBy =
  (analyzer: Analyzer) =>
  (gloss: Gloss): DocumentTerms => {
    const termFreqs = new Map<string, number>();
    let docLen = 0;
    for (const view of gloss.views) {
      for (const text of textsOf(view)) {
        for (const { term, isWord } of indexTerms(text, analyzer, analyzer.lexicon)) {
          termFreqs.set(term, (termFreqs.get(term) ?? 0) + 1);
          if (isWord) docLen += 1;
        }
      }
    }
    return { termFreqs, docLen };
  };

export const documentTerms = documentTermsBy(ENGLISH);
