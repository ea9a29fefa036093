import type { TenantId } from '../domain/ids.ts';

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  /** To the second. */
  readonly storedAtMs: number;
}

/** Which originals a tenant has. */
export interface ObjectLists {
  /** A page in order of key, without older versions; `next` is absent on the last page. */
  originals(
    tenant: TenantId,
    after: string | undefined,
  ): Promise<{ readonly objects: readonly ListedObject[]; readonly next?: string }>;
}
