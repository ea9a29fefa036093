import type { Language } from '../domain/language.ts';
import type { Analyzer } from './analyzer.ts';

/** What words went through on their way into an index. A query finds those alone that came the same way. */
export interface Analysis {
  readonly language: Language;
  /** Of the rules: `ANALYZER_VERSION` of the code that indexed. */
  readonly version: number;
  /** Checksum of the lexicon's file; empty for a language without one. */
  readonly lexicon: string;
}

/**
 * Goes up with every change of the terms that a text gets, or of how early they count as said, in lib/text or in a stemmer. The lexicon is named by its own
 * checksum. test/golden/analysis.test.ts fails where terms change and this does not.
 */
export const ANALYZER_VERSION = 16;

/** Of indexes of before it was written down. */
const UNNAMED = { version: 1, lexicon: (language: Language) => (language === 'en' ? '3f753332' : '') };

export const analysisOf = ({ language, lexicon }: Analyzer): Analysis => ({
  language,
  version: ANALYZER_VERSION,
  lexicon: lexicon.fingerprint,
});

export const isSameAnalysis = (one: Analysis, other: Analysis): boolean =>
  one.language === other.language && one.version === other.version && one.lexicon === other.lexicon;

/** Whether queries that are analysed as `now` may miss words of an index. @param made as the index says, if it does */
export function isStale(made: Analysis | undefined, now: Analysis): boolean {
  const { language } = now;
  const { version, lexicon } = UNNAMED;
  return !isSameAnalysis(made ?? { language, version, lexicon: lexicon(language) }, now);
}
