import type { ApiKey, Owner } from '../domain/credential.ts';
import type { Unreadable } from '../domain/unreadable.ts';

/** A key that is listed, whether or not its item can be read. */
export type StoredKey = ApiKey | Unreadable;

/** API keys. The key itself is never stored, only its SHA-256. */
export interface ApiKeys {
  /**
   * Strongly consistent, so that a revocation counts at once. Undefined for keys that do not exist.
   * @throws GlossError `unreadable`
   */
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
  list(owner: Owner): Promise<readonly StoredKey[]>;
  /** Sets the end of a key. Undefined when the owner has no key of this id. @throws GlossError `unreadable` */
  expire(owner: Owner, id: string, atMs: number): Promise<ApiKey | undefined>;
  /**
   * Ends a key at once; false when the owner has no key of this id.
   * @throws GlossError `unreadable` where nobody can tell any more what it opens
   */
  revoke(owner: Owner, id: string): Promise<boolean>;
  /** Ends a key by the hash of it; false when it opens nothing. Its listing stays, which opens nothing by itself. */
  endByHash(hash: string): Promise<boolean>;
  /** Remembers that a key was used, about once a minute. One whose listing is lost is listed again, so that it can be revoked. */
  touch(apiKey: ApiKey, key: string): Promise<void>;
}
