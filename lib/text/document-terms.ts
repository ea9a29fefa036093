import { textsOf, type Gloss } from '../domain/gloss.ts';
import { ENGLISH, type Analyzer } from './analyzer.ts';
import { factTerms } from './fact-terms.ts';
import { fileTexts, timesSaid } from './file-texts.ts';
import { indexTerms } from './index-terms.ts';

/** The analysed terms of one gloss. */
export interface DocumentTerms {
  /** term -> how often it stands in the gloss, over all its views, and what its file adds (`timesSaid`). */
  readonly termFreqs: ReadonlyMap<string, number>;
  /** Number of words with repetitions; compounds and classes stand for words that are counted already. */
  readonly docLen: number;
}

/**
 * All views of a gloss as one document, as Nakata et al. concatenate the captions of crops (section 3). What the file says adds terms and
 * no length.
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
    for (const [term, times] of fileTerms(gloss, analyzer))
      termFreqs.set(term, Math.max(1, (termFreqs.get(term) ?? 0) + times));
    for (const term of factTerms(gloss.file, analyzer)) termFreqs.set(term, 1);
    return { termFreqs, docLen };
  };

/** term -> how often it counts for what the file says; 0 where it counts once if nothing else says it. */
function fileTerms({ file, views }: Gloss, analyzer: Analyzer): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { field, text, placeOf, source, tells } of fileTexts(file)) {
    const times = timesSaid(field, views.length);
    for (const { term, isWord: _, ...place } of indexTerms(text, analyzer, analyzer.lexicon)) {
      const { start, end } = placeOf(place);
      if (tells(source.slice(start, end))) found.set(term, Math.max(times, found.get(term) ?? 0));
    }
  }
  return found;
}

export const documentTerms = documentTermsBy(ENGLISH);
