import type { ImageRecord } from '../domain/image.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';
import type { Totals } from '../domain/usage.ts';

/** The state of every image of a tenant. Reads are strongly consistent. */
export interface ImageRecords {
  get(tenant: TenantId, imageId: ImageId): Promise<ImageRecord | undefined>;
  /** Records that exist, by id; at most 100 ids a call. */
  getMany(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ReadonlyMap<ImageId, ImageRecord>>;
  /**
   * Writes a record if the stored one still has the revision before it (none for revision 1).
   * False means that somebody else was faster: read again and decide again. Otherwise answers the totals right after it, where
   * it moved them: of several that come at once each sees another sum.
   */
  put(tenant: TenantId, record: ImageRecord): Promise<false | { readonly totals?: Totals }>;
  /** Takes a record away that says `removed`, if it still is as given; answers whether it was taken away. */
  forget(tenant: TenantId, record: ImageRecord): Promise<boolean>;
  /** Maintained by `put`. */
  totals(tenant: TenantId): Promise<Totals>;
  /** A page in order of id; `next` is absent on the last page. */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: ImageId },
  ): Promise<{ readonly records: readonly ImageRecord[]; readonly next?: ImageId }>;
}
