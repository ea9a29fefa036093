import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../lib/domain/language.ts';

/** Documents of one kind of words, and what queries find. */
export interface WordCases {
  readonly language: Language;
  readonly documents: readonly { readonly id: string; readonly texts: readonly string[] }[];
  readonly queries: readonly { readonly query: string; readonly names: readonly string[] }[];
}

const lines = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, '../words', `${name}.txt`), 'utf8')
    .trimEnd()
    .split('\n');

/**
 * A table of test/words: the language; documents, `name: text | text`; after an empty line queries, `query -> names` (none, for nothing).
 * Lines with `#` are comments.
 */
export function readWordCases(name: string): WordCases {
  const [language, ...rest] = lines(name).filter((line) => !line.startsWith('#'));
  const middle = rest.indexOf('');
  return {
    language: language as Language,
    documents: rest.slice(0, middle).map((line) => {
      const end = line.indexOf(': ');
      return { id: line.slice(0, end), texts: line.slice(end + 2).split(' | ') };
    }),
    queries: rest.slice(middle + 1).map((line) => {
      const [query, names] = line.split(' -> ') as [string, string];
      return { query, names: names.trim() === 'none' ? [] : names.trim().split(' ').sort() };
    }),
  };
}
