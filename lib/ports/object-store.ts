import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { FoundObject } from './object-times.ts';
import type { ShownAs } from '../domain/shown-as.ts';

/** What is stored under a key. */
interface StoredObject {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

/** Where a browser or a command line posts a file, as a form. */
interface UploadTarget {
  readonly url: string;
  /** Signed: the form must have exactly these, and behind them the file as `file`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAtMs: number;
}

/** Originals and thumbnails by key; the keys of a tenant are in its own folders (lib/domain/object-key.ts). */
export interface ObjectStore {
  /**
   * @throws GlossError `not_found`, and `too_large` without reading the body when it has more than `maxBytes`.
   */
  get(tenant: TenantId, key: string, maxBytes: number): Promise<StoredObject>;
  put(tenant: TenantId, key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /**
   * Puts an object in the place of another.
   * @param eTag of the other
   * @throws GlossError `conflict` when another one is there by now, or none
   */
  replace(tenant: TenantId, key: string, eTag: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Removes objects under a prefix for good, with all versions and delete markers. */
  removeUnder(tenant: TenantId, prefix: string, isToGo: (key: string) => boolean): Promise<void>;
  /** The same for one key, but for what was stored before the tenant was made: that is not its own. */
  removeOwn(tenant: TenantId, key: string, owner: Pick<Tenant, 'createdAtMs'>): Promise<void>;
  /**
   * The same for the version that was seen and those before it; without its id, for those of a second before that of
   * `storedAtMs`. What came after it stays, also while this goes on.
   */
  removeSeen(
    tenant: TenantId,
    key: string,
    seen: Pick<FoundObject, 'storedAtMs' | 'versionId'>,
    owner: Pick<Tenant, 'createdAtMs'>,
  ): Promise<void>;
  /** Whether there is such an object, or such a version of it. */
  isThere(tenant: TenantId, key: string, versionId?: string): Promise<boolean>;
  /** Whether there is a version or a delete marker of a key. */
  hasVersions(tenant: TenantId, key: string): Promise<boolean>;
  /** Removes for good those versions of an object that were stored in a second before that of `beforeMs`. */
  removeFromBefore(tenant: TenantId, key: string, beforeMs: number): Promise<void>;
  /**
   * A URL that shows the object for a short time to whoever has it.
   * @param as what the answer says of the object; undefined for programs that ask what was said when it was put there
   */
  urlFor(
    tenant: TenantId,
    key: string,
    as: ShownAs | undefined,
    options?: {
      /** Shows this version and no other; otherwise what is there when somebody looks. */
      readonly versionId?: string | undefined;
      /** A quarter of an hour by default. */
      readonly livesSec?: number;
    },
  ): Promise<string>;
  /**
   * Lets the bearer put one object under exactly this key, of exactly this size and type, for a short time; with a SHA-256,
   * exactly this content, of which the bucket then tells the SHA-256.
   * @throws GlossError `invalid` for a key that a form would change
   */
  uploadTarget(
    tenant: TenantId,
    key: string,
    file: { readonly bytes: number; readonly contentType: string; readonly sha256?: string },
  ): Promise<UploadTarget>;
}
