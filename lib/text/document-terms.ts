import { textsOf, type Gloss } from '../domain/gloss.ts';
import { analyze } from './analyze.ts';

/** The analysed terms of one gloss. */
export interface DocumentTerms {
  /** term -> how often it stands in the gloss, over all its views. */
  readonly termFreqs: ReadonlyMap<string, number>;
  /** Number of terms with repetitions. */
  readonly docLen: number;
}

/** All views of a gloss as one document, as Nakata et al. concatenate the captions of crops (section 3). */
export function documentTerms(gloss: Gloss): DocumentTerms {
  const termFreqs = new Map<string, number>();
  let docLen = 0;
  for (const view of gloss.views) {
    for (const text of textsOf(view)) {
      for (const term of analyze(text)) {
        termFreqs.set(term, (termFreqs.get(term) ?? 0) + 1);
        docLen += 1;
      }
    }
  }
  return { termFreqs, docLen };
}
