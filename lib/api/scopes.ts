import type { Scope } from '../domain/credential.ts';

/** The scope that requests of a tenant need, by the first part of the path and, of images, by what is done. */
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

/** A picture that is described again costs as much as one that is uploaded; words are added by whoever may add pictures. */
export function scopeOf(noun: ScopedNoun, method: string, path: string): Scope {
  if (noun === 'images' && (method === 'DELETE' || path.endsWith('/deletion'))) return 'delete';
  const isChange = method === 'PATCH' || path.endsWith('/keywords') || path.endsWith('/retry');
  return noun === 'images' && isChange ? 'upload' : SCOPE[noun];
}
