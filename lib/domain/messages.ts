import type { ImageId, Incarnation, SegmentId, Sequencer, TenantId } from './ids.ts';
import type { Moved, Totals } from './usage.ts';

/** An image has a gloss that may not be in the index yet. The receiver reads its state; the message says no more. */
export interface IndexMessage {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
}

/**
 * Work on the segments of a tenant: see whether some should be merged, or rewritten because deletions in them are old, or
 * drop some that nothing refers to.
 */
export type MergeMessage =
  | { readonly tenant: TenantId; readonly task: 'merge' | 'rewrite' }
  | {
      readonly tenant: TenantId;
      readonly task: 'drop';
      readonly segmentIds: readonly SegmentId[];
      /** The second look: no manifest named them at the first. */
      readonly again?: true;
    };

/** A whole index that is being made again; how far it is, its manifest says. */
export interface ReindexMessage {
  readonly tenant: TenantId;
  /** Of the rebuild: a later one of the tenant is not this message's. */
  readonly rebuild: string;
  /** Once the new index is in place: where to go on looking for segments that no manifest names; empty at first. */
  readonly leftovers?: string;
}

/** An original that is to be described: one that was admitted, or one of which S3 told too long ago, or in another way. */
export interface DescribeMessage {
  readonly tenant: TenantId;
  readonly name: string;
  readonly bytes: number;
  readonly storedAtMs: number;
  readonly sequencer: Sequencer;
  /** One of few pictures that a tenant was invited to send at once: it does not wait behind what the tenant loads. */
  readonly ofFew?: true;
  /** Of a picture that was described before, and whose words are lost. */
  readonly again?: true;
  /** Of a picture that waited, and whose wait is over. */
  readonly woken?: true;
}

/** A deleted tenant whose data is to go. */
export interface PurgeMessage {
  readonly tenant: TenantId;
  /** Of the tenant that was deleted; absent in messages of earlier versions. */
  readonly incarnation?: Incarnation;
  /** Whether this is the look after everything that was under way at the deletion has ended. */
  readonly final: boolean;
  /** Where an earlier invocation stopped: the store, the place in it, and what this look has seen so far. */
  readonly at?: {
    readonly store: number;
    readonly start?: string;
    readonly scanned: number;
    readonly found: number;
  };
}

/** The state of an image may be about to change, or has changed. The receiver reads it; the message says no more. */
export interface NotifyMessage {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
  /** Who is to be told: the deployment's event bus, otherwise the tenant's webhook. Each is tried again by itself. */
  readonly to?: 'bus';
  /** Absent at the first delivery. */
  readonly wait?: NewsWait;
}

/** How long news has waited for its receiver. */
export interface NewsWait {
  readonly sinceMs: number;
  /** Deliveries before. */
  readonly turns: number;
  /** Those of them at which the receiver was called and did not take it. */
  readonly failures: number;
}

/**
 * What is done because time passes: images past their time go; words of no image go; segments with old deletions are rewritten,
 * and those that no manifest names go; originals whose events were lost are sent again; thumbnails of no state go; strays past their time
 * go; images that wait are described once they can be; keys that were ended open nothing. Of all tenants from one on, or of one tenant, from one of its images or keys on.
 */
export type SweepMessage =
  | { readonly task: SweepTask; readonly tenant?: never; readonly after?: TenantId }
  | {
      readonly task: 'images';
      readonly tenant: TenantId;
      readonly after?: ImageId;
      /** Of the records up to `after`, in parts, and what had been added to each part when that began. */
      readonly sums?: { readonly ofParts: readonly Totals[]; readonly moved: readonly Moved[] };
    }
  | { readonly task: 'objects'; readonly tenant: TenantId; readonly after?: string }
  | { readonly task: 'thumbnails'; readonly tenant: TenantId; readonly after?: string }
  | {
      readonly task: 'documents';
      readonly tenant: TenantId;
      readonly after?: { readonly segmentId: SegmentId; readonly docId: number };
    }
  | { readonly task: 'postings' | 'strays' | 'waiting'; readonly tenant: TenantId }
  /** Of all tenants at once. */
  | { readonly task: 'keys'; readonly tenant?: never }
  /** Of all tenants, from a place in the index table on. */
  | { readonly task: 'segments'; readonly tenant?: never; readonly after?: string }
  | { readonly task: 'segments'; readonly tenant: TenantId; readonly segmentIds: readonly SegmentId[] };

/** What is done for each tenant that a list names. */
export type SweepTask = 'images' | 'documents' | 'objects' | 'thumbnails' | 'postings' | 'strays' | 'waiting';
