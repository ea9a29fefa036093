import { textsOf, type Gloss } from '../../domain/gloss.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { indexTerms } from '../../text/index-terms.ts';

/** Every term that the index has for a gloss. */
export function termsOfGloss(gloss: Gloss, analyzer: Analyzer): Set<string> {
  const terms = new Set<string>();
  for (const view of gloss.views)
    for (const text of textsOf(view))
      for (const { term } of indexTerms(text, analyzer, analyzer.lexicon)) terms.add(term);
  return terms;
}

/** The word terms of a gloss, each with its first spelling there, in lower case. */
export function wordsOfGloss(gloss: Gloss, analyzer: Analyzer): Map<string, string> {
  const words = new Map<string, string>();
  for (const view of gloss.views)
    for (const text of textsOf(view))
      for (const { term, start, end } of analyzer.termsWithPlaces(text))
        if (!words.has(term)) words.set(term, text.slice(start, end).toLowerCase());
  return words;
}
