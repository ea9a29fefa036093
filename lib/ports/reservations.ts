import type { ImageId, TenantId } from '../domain/ids.ts';
import type { Totals } from '../domain/usage.ts';

/** Room that is set aside for one file that a tenant was invited to upload. */
export interface Reservation {
  readonly imageId: ImageId;
  readonly name: string;
  readonly bytes: number;
  /** Of the one content that can come; absent where it is not known. */
  readonly sha256?: string;
  /** It is one of few that were asked for at once, and no part of a load. */
  readonly ofFew?: true;
}

/** What a name has reserved now. */
export interface HeldReservation extends Pick<Reservation, 'bytes' | 'sha256'> {
  /** Absent where it is lost. */
  readonly name?: string;
  /** The part of the sums that it is in, which ends at one time. */
  readonly bucket: number;
  /** When that is. */
  readonly endsAtMs: number;
  /** Another one where the name was invited again. */
  readonly writer: string;
}

/** What is reserved now. */
export interface Reserved extends Totals {
  /** Counts the changes of the sums; a change names the revision that it read. */
  readonly revision: number;
  /** Parts of the sums whose time is over; the next addition takes them away. */
  readonly ended: readonly number[];
}

/**
 * Room of a tenant for files that are under way. The sums may be too high for a while, never too low: what a dead worker leaves ends
 * with its time. Reads are strongly consistent.
 */
export interface Reservations {
  sums(tenant: TenantId): Promise<Reserved>;
  /** What is reserved under these names now; at most 100 a call. */
  of(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ReadonlyMap<ImageId, HeldReservation>>;
  /**
   * A page of what is reserved now, in order of id; `next` is absent on the last page. It reads `limit` reservations, 1 to 100, and shows fewer
   * where the time of some is over.
   */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: ImageId },
  ): Promise<{ readonly reservations: ReadonlyMap<ImageId, HeldReservation>; readonly next?: ImageId }>;
  /** The name that an image was invited under, until four days after its reservation has ended; undefined where it was not. */
  nameOf(tenant: TenantId, imageId: ImageId): Promise<string | undefined>;
  /**
   * Reserves until a time if the sums are as they were seen, and the names have what `of` said of them; false if they do not. Each name is there once;
   * one that has a reservation loses it to the new one.
   * @param reservations at most 100
   */
  add(
    tenant: TenantId,
    seen: Reserved,
    reservations: readonly Reservation[],
    untilMs: number,
    held: ReadonlyMap<ImageId, HeldReservation>,
  ): Promise<boolean>;
  /**
   * Ends the reservations of those names that have one.
   * @param imageIds at most 100
   * @returns which of them were of few
   */
  release(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ReadonlySet<ImageId>>;
}
