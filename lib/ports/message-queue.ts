import type { ImageId, SegmentId, TenantId } from '../domain/ids.ts';

/** An image has a gloss that may not be in the index yet. The receiver reads its state; the message says no more. */
export interface IndexMessage {
  readonly tenant: TenantId;
  readonly imageId: ImageId;
}

/** Work on the segments of a tenant: see whether some should be merged, or drop some that nothing refers to. */
export type MergeMessage =
  | { readonly tenant: TenantId; readonly task: 'merge' }
  | { readonly tenant: TenantId; readonly task: 'drop'; readonly segmentIds: readonly SegmentId[] };

/** Sends messages; each is delivered at least once. */
export interface MessageQueue<Message> {
  send(messages: readonly Message[], options?: { readonly delaySec?: number }): Promise<void>;
}
