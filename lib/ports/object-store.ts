import type { TenantId } from '../domain/ids.ts';

/** What is stored under a key. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

/** Where a browser or a command line sends a file. */
export interface UploadTarget {
  readonly url: string;
  readonly method: 'PUT';
  /** Signed: the upload must carry exactly these. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAtMs: number;
}

/** Originals and thumbnails by key; the keys of a tenant are in its own folders (lib/domain/object-key.ts). */
export interface ObjectStore {
  /**
   * @throws GlossError `not_found`, and `too_large` without reading the body when it has more than `maxBytes`.
   */
  get(tenant: TenantId, key: string, maxBytes: number): Promise<StoredObject>;
  put(tenant: TenantId, key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Removing what is not there is no error. */
  remove(tenant: TenantId, key: string): Promise<void>;
  /** A URL that shows the object for a short time to whoever has it. */
  urlFor(tenant: TenantId, key: string): Promise<string>;
  /** Lets the bearer put one object of exactly this size and type, for a short time. */
  uploadTarget(
    tenant: TenantId,
    key: string,
    file: { readonly bytes: number; readonly contentType: string },
  ): Promise<UploadTarget>;
}
