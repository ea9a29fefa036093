import type { SeenObject } from '../domain/seen-object.ts';
import type { TenantId } from '../domain/ids.ts';

export interface ListedObject extends Required<Omit<SeenObject, 'versionId'>> {
  readonly key: string;
  readonly bytes: number;
}

/** A page in order of key, without older versions; `next` is absent on the last page. */
interface ObjectPage {
  readonly objects: readonly ListedObject[];
  readonly next?: string;
}

/** What there is under the name of a tenant. */
export interface ObjectLists {
  originals(tenant: TenantId, after: string | undefined): Promise<ObjectPage>;
  thumbnails(tenant: TenantId, after: string | undefined): Promise<ObjectPage>;
}

/** The names of tenants under which there are originals; there may be no such tenant. */
export interface FolderNames {
  /** A page in order; `next` is absent on the last page. */
  names(page: {
    readonly limit: number;
    readonly after?: TenantId;
  }): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }>;
}
