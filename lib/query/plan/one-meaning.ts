import type { CompiledQuery } from './compile-query.ts';

/**
 * If a query asks for one thing, a word or a name of several words: the terms that each stand for it, its class
 * included. Empty if it asks for several things, or for something that only glosses can decide.
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
