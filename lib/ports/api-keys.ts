import type { ApiKey, Owner } from '../domain/credential.ts';

/** API keys. The key itself is never stored, only its SHA-256. */
export interface ApiKeys {
  /** Strongly consistent, so that a revocation counts at once. Undefined for keys that do not exist. */
  find(key: string): Promise<ApiKey | undefined>;
  /**
   * Makes a key and shows it this once. A key of the same id is replaced: it opens nothing any more.
   * @param wanted its id is made up when left out
   */
  create(
    owner: Owner,
    wanted: Pick<ApiKey, 'name' | 'scopes' | 'expiresAtMs' | 'incarnation'> & Partial<Pick<ApiKey, 'id'>>,
  ): Promise<{ readonly key: string; readonly apiKey: ApiKey }>;
  /** All keys of an owner, in order of id; strongly consistent. */
  list(owner: Owner): Promise<readonly ApiKey[]>;
  /** Sets the end of a key. Undefined when the owner has no key of this id. */
  expire(owner: Owner, id: string, atMs: number): Promise<ApiKey | undefined>;
  /** Ends a key at once; false when the owner has no key of this id. */
  revoke(owner: Owner, id: string): Promise<boolean>;
  /** Remembers that a key was used, about once a minute. */
  touch(apiKey: ApiKey): Promise<void>;
}
