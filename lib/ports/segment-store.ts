import type { SegmentId, TenantId } from '../domain/ids.ts';
import type { SegmentItem } from '../index/segment/sort-keys.ts';

/** Names one immutable item. */
export interface ItemKey {
  readonly segmentId: SegmentId;
  readonly sk: string;
}

/** Items of segments. They never change once written, so a reader may keep them for ever. */
export interface SegmentStore {
  write(tenant: TenantId, segmentId: SegmentId, items: Iterable<SegmentItem>): Promise<void>;
  /**
   * The directory item with the greatest key that is not above that of a term of this spelling. Eventually consistent reads cost half
   * and may miss an item that has just been written: whether the answer is the right one, lib/index/segment/directory.ts
   * can tell from its bytes.
   */
  findDirectory(
    tenant: TenantId,
    segmentId: SegmentId,
    spelling: string,
    options: { readonly consistent: boolean },
  ): Promise<SegmentItem | undefined>;
  /**
   * All directory items of a segment in order of their keys, eventually consistent; costs what their bytes do. A store that has those at hand that
   * answer for these spellings may give them alone.
   * @param mostBytes what all of them have at most
   */
  readDirectories(
    tenant: TenantId,
    segmentId: SegmentId,
    spellings: readonly string[],
    mostBytes: number,
  ): Promise<readonly SegmentItem[]>;
  /**
   * Bodies in the order of the keys, all read in one round.
   * @throws GlossError `corrupt` when one is missing: a live segment has all its items.
   */
  read(tenant: TenantId, keys: readonly ItemKey[]): Promise<Uint8Array[]>;
  /** As `read`, with undefined for items that are not there. */
  readIfThere(tenant: TenantId, keys: readonly ItemKey[]): Promise<(Uint8Array | undefined)[]>;
  /** Every item of a segment in order of its key. */
  readAll(tenant: TenantId, segmentId: SegmentId): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Removes every item of a segment; nothing may refer to it any more. */
  drop(tenant: TenantId, segmentId: SegmentId): Promise<void>;
}
