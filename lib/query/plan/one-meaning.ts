import type { CompiledQuery } from './compile-query.ts';

/**
 * The terms that each stand for the one thing that a query asks for: a word, or the name of one thing in several words,
 * and its class. Empty when it asks for several things, or for what only glosses can decide.
 */
export function oneMeaning({ terms: { scoring, cnf }, via, needsGloss }: CompiledQuery): string[] {
  if (needsGloss || cnf.length > 0) return [];
  const words = scoring.filter(({ term }) => !via.has(term));
  const names = scoring.filter(
    ({ term, weight }) => weight === 1 && via.has(term) && term.split(' ').length === words.length,
  );
  const own = words.length === 1 ? words : names;
  const classes = scoring.filter(({ term }) => term.startsWith('='));
  return own.length === 1 ? [...own, ...classes].map(({ term }) => term) : [];
}
