import type { ImageRecord } from '../domain/image.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';

/** The state of every image of a tenant. Reads are strongly consistent. */
export interface ImageRecords {
  get(tenant: TenantId, imageId: ImageId): Promise<ImageRecord | undefined>;
  /** Records that exist, by id; at most 100 ids a call. */
  getMany(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ReadonlyMap<ImageId, ImageRecord>>;
  /**
   * Writes a record if the stored one still has the revision before it (none for revision 1).
   * Answers whether it was written; false means that somebody else was faster: read again and decide again.
   */
  put(tenant: TenantId, record: ImageRecord): Promise<boolean>;
  /** How many images are there, failed ones too, and how many bytes their originals have; maintained by `put`. */
  totals(tenant: TenantId): Promise<{ readonly images: number; readonly bytes: number }>;
  /** A page in order of id; `next` is absent on the last page. */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: ImageId },
  ): Promise<{ readonly records: readonly ImageRecord[]; readonly next?: ImageId }>;
}
