import { textsOfGloss, type AnalysedGloss } from './gloss-analysis.ts';

/** Every term that the index has for a gloss. */
export function termsOfGloss(gloss: AnalysedGloss): Set<string> {
  const terms = new Set(gloss.facts);
  for (const { words, derived } of textsOfGloss(gloss)) {
    for (const { term } of words) terms.add(term);
    for (const { term } of derived) terms.add(term);
  }
  return terms;
}

/** The word terms of a gloss, each with its first spelling there, in lower case. */
export function wordsOfGloss(gloss: AnalysedGloss): Map<string, string> {
  const found = new Map<string, string>();
  for (const { text, words } of textsOfGloss(gloss))
    for (const { term, start, end } of words)
      if (!found.has(term)) found.set(term, text.slice(start, end).toLowerCase());
  return found;
}
