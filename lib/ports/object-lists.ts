import type { SeenObject } from '../domain/seen-object.ts';
import type { TenantId } from '../domain/ids.ts';

export interface ListedObject extends Required<Omit<SeenObject, 'versionId'>> {
  readonly key: string;
  readonly bytes: number;
}

/** Which originals there are under the name of a tenant. */
export interface ObjectLists {
  /** A page in order of key, without older versions; `next` is absent on the last page. */
  originals(
    tenant: TenantId,
    after: string | undefined,
  ): Promise<{ readonly objects: readonly ListedObject[]; readonly next?: string }>;
}

/** The names of tenants under which there are originals; there may be no such tenant. */
export interface FolderNames {
  /** A page in order; `next` is absent on the last page. */
  names(page: {
    readonly limit: number;
    readonly after?: TenantId;
  }): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }>;
}
