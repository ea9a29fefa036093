import type { AnalysedGloss } from './gloss-analysis.ts';

/** Every term that the index has for a gloss. */
export function termsOfGloss({ views }: AnalysedGloss): Set<string> {
  const terms = new Set<string>();
  for (const { texts } of views)
    for (const { words, derived } of texts) {
      for (const { term } of words) terms.add(term);
      for (const { term } of derived) terms.add(term);
    }
  return terms;
}

/** The word terms of a gloss, each with its first spelling there, in lower case. */
export function wordsOfGloss({ views }: AnalysedGloss): Map<string, string> {
  const found = new Map<string, string>();
  for (const { texts } of views)
    for (const { text, words } of texts)
      for (const { term, start, end } of words)
        if (!found.has(term)) found.set(term, text.slice(start, end).toLowerCase());
  return found;
}
