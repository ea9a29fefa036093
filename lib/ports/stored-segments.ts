import type { SegmentId, TenantId } from '../domain/ids.ts';

/** Which segments there are items of, whether or not a manifest names them. */
export interface StoredSegments {
  /**
   * A part of the table. A segment comes once a part; `next` is absent on the last part.
   * @param start where the part before ended
   */
  list(
    tenant: TenantId,
    start?: string,
  ): Promise<{ readonly segmentIds: readonly SegmentId[]; readonly next?: string | undefined }>;
}
