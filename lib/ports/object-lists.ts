import type { SeenObject } from '../domain/seen-object.ts';
import type { TenantId } from '../domain/ids.ts';

export interface ListedObject extends Required<Omit<SeenObject, 'versionId' | 'sha256'>> {
  readonly key: string;
  readonly bytes: number;
}

/** Everything that is stored under one key. */
export interface ListedKey {
  readonly key: string;
  /** Absent where a delete marker covers what is there. */
  readonly current?: ListedObject;
  /** The other versions, in no order. */
  readonly older: readonly ListedObject[];
  /** When the last change of the key was stored, a delete marker included. */
  readonly changedAtMs: number;
}

/** A page in order of key; `next` is absent on the last page. */
interface Page<Listed> {
  readonly objects: readonly Listed[];
  readonly next?: string;
}

/** What there is under the name of a tenant. */
export interface ObjectLists {
  originals(tenant: TenantId, after: string | undefined): Promise<Page<ListedKey>>;
  /** Without older versions. */
  thumbnails(tenant: TenantId, after: string | undefined): Promise<Page<ListedObject>>;
}

/** The names of tenants under which there are originals; there may be no such tenant. */
export interface FolderNames {
  /** A page in order; `next` is absent on the last page. */
  names(page: {
    readonly limit: number;
    readonly after?: TenantId;
  }): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }>;
}
