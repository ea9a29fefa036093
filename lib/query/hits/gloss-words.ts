import { byNameAlone, isClass } from '../../text/index-terms.ts';
import { textsOfGloss, type AnalysedGloss } from './gloss-analysis.ts';

/** Every term that the index has for a gloss. */
export function termsOfGloss(gloss: AnalysedGloss): Set<string> {
  const terms = new Set(gloss.facts);
  const shown = new Set<string>();
  for (const { field, words, derived } of textsOfGloss(gloss)) {
    for (const { term } of words) terms.add(term);
    for (const { term } of derived) {
      terms.add(term);
      if (field !== 'name') shown.add(term);
    }
  }
  for (const term of [...terms]) if (isClass(term) && !shown.has(term)) terms.add(byNameAlone(term));
  return terms;
}

/** The word terms that a gloss has besides the name of its file, which says less of what a picture shows. */
export function shownWordsOf(gloss: AnalysedGloss): Set<string> {
  const shown = textsOfGloss(gloss).filter(({ field }) => field !== 'name');
  return new Set(shown.flatMap(({ words }) => words.map(({ term }) => term)));
}

/** The word terms of a gloss, each with its first spelling there, in lower case. */
export function wordsOfGloss(gloss: AnalysedGloss): Map<string, string> {
  const found = new Map<string, string>();
  for (const { text, words } of textsOfGloss(gloss))
    for (const { term, start, end } of words)
      if (!found.has(term)) found.set(term, text.slice(start, end).toLowerCase());
  return found;
}
