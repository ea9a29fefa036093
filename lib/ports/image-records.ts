import type { Gloss } from '../domain/gloss.ts';
import type { ImageRecord } from '../domain/image.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';
import type { UnreadableRecord } from '../domain/unreadable.ts';
import type { KeptTotals, Moved, Totals, UsageEntry } from '../domain/usage.ts';

/** The room that a change needs among the images and bytes of its tenant. */
export interface Room {
  readonly limits: Totals;
  /** What it takes up of what it had not been let in for before. */
  readonly asked: Totals;
}

/** A record that is there, whether or not it can be read. */
export type StoredRecord = ImageRecord | UnreadableRecord;

/** The next state of a record, and what is written together with it or not at all. */
export interface RecordChange {
  /** As it was read; undefined where there was none. What cannot be read is written over. */
  readonly before: StoredRecord | undefined;
  /** Of the revision after it. */
  readonly after: ImageRecord;
  /** Words that come with the image. */
  readonly gloss?: Gloss;
  readonly usage?: UsageEntry;
  /** Absent where it is written whether there is room or not. */
  readonly room?: Room;
}

/** The sums of a part of the images, by their records, and what had been added to that part by then. */
export interface CountedPart extends Totals {
  readonly at: Moved;
}

/** `conflict`: somebody else was faster; read again and decide again. `full`: there is no room. */
export type PutOutcome = 'written' | 'conflict' | 'full';

/** The state of every image of a tenant. Reads are strongly consistent. */
export interface ImageRecords {
  get(tenant: TenantId, imageId: ImageId): Promise<StoredRecord | undefined>;
  /** Records that exist, by id; at most 100 ids a call. */
  getMany(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ReadonlyMap<ImageId, StoredRecord>>;
  /**
   * Writes changes of different images, each if the stored record still has the revision before it. The sums of the tenant
   * move with the records that move them.
   * @returns what became of each, in their order
   */
  put(tenant: TenantId, changes: readonly RecordChange[]): Promise<readonly PutOutcome[]>;
  /** Takes a record away that says `removed`, if it still is as given; answers whether it was taken away. */
  forget(tenant: TenantId, record: ImageRecord): Promise<boolean>;
  /** Maintained by `put`. What is no count is zero. */
  totals(tenant: TenantId): Promise<KeptTotals>;
  /** What `put` has added to the sums, by the first digit of the images' ids. */
  moved(tenant: TenantId): Promise<readonly Moved[]>;
  /** Puts right sums in the place of wrong ones; answers whether it did. @param counted each part of the images */
  correctTotals(tenant: TenantId, counted: readonly CountedPart[]): Promise<boolean>;
  /** A page in order of id; `next` is absent on the last page. */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: ImageId },
  ): Promise<{ readonly records: readonly StoredRecord[]; readonly next?: ImageId }>;
}
