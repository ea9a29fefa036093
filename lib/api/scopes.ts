import type { Scope } from '../domain/credential.ts';

/** The scope that requests of a tenant need, by the first part of the path and, of images, by method. */
const SCOPE = {
  search: 'search',
  words: 'search',
  images: 'search',
  uploads: 'upload',
  documents: 'upload',
  keys: 'admin',
  export: 'admin',
  webhook: 'admin',
} as const satisfies Record<string, Scope>;

type ScopedNoun = keyof typeof SCOPE;
export const SCOPED_NOUNS = Object.keys(SCOPE) as readonly ScopedNoun[];

export const scopeOf = (noun: ScopedNoun, method: string): Scope =>
  noun === 'images' && method === 'DELETE' ? 'delete' : SCOPE[noun];
