import { textsOf, type Gloss } from '../domain/gloss.ts';
import { ENGLISH, type Analyzer } from './analyzer.ts';
import { fileTexts } from './file-texts.ts';
import { indexTerms } from './index-terms.ts';

/** The analysed terms of one gloss. */
export interface DocumentTerms {
  /** term -> how often it stands in the gloss, over all its views; a word of the file's name counts once at most. */
  readonly termFreqs: ReadonlyMap<string, number>;
  /** Number of words with repetitions; compounds and classes stand for words that are counted already. */
  readonly docLen: number;
}

/**
 * All views of a gloss as one document, as Nakata et al. concatenate the captions of crops (section 3). The name of the file adds what the
 * views do not say, as if it were said once.
 */
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
    for (const { text, placeOf, source, tells } of fileTexts(gloss.file)) {
      for (const { term, isWord, ...place } of indexTerms(text, analyzer, analyzer.lexicon)) {
        const { start, end } = placeOf(place);
        if (!termFreqs.has(term) && tells(source.slice(start, end))) termFreqs.set(term, 1);
      }
    }
    return { termFreqs, docLen };
  };

export const documentTerms = documentTermsBy(ENGLISH);
