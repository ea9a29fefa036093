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

/** The same of all tenants at once, also of those that are there no more. */
export interface AllStoredSegments {
  /** A part of the table, as above. Segments of one tenant may be in any parts. */
  listAll(
    start?: string,
  ): Promise<{ readonly segments: readonly StoredSegment[]; readonly next?: string | undefined }>;
}

export interface StoredSegment {
  readonly tenant: TenantId;
  readonly segmentId: SegmentId;
}
