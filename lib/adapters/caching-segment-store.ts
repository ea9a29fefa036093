import { LRUCache } from 'lru-cache';
import type { SegmentId, TenantId } from '../domain/ids.ts';
import type { ItemKey, SegmentStore } from '../ports/segment-store.ts';
import { answersFor, openDirectory } from '../index/segment/directory.ts';
import type { Directory } from '../index/segment/directory-entry.ts';
import { directoryKey, type SegmentItem } from '../index/segment/sort-keys.ts';
import { compareUtf8 } from '../index/bytes/utf8-order.ts';

/** Approximate memory of a cached item besides its bytes: key, map entry, array header and decoded table. */
const OVERHEAD_BYTES = 1_000;

interface CachedItem {
  /** The tenant and segment that it belongs to. */
  readonly segment: string;
  readonly item: SegmentItem;
  /** Only for directory items: tells for which terms they answer. */
  readonly directory?: Directory;
}

/**
 * A segment store that caches items in memory and evicts the least recently used first. Items never change, so
 * no entry is ever stale. The absence of an item is not cached. Concurrent readers of one item share one read.
 * @param maxBytes bound of the memory for items of all tenants together
 */
export function cachingSegmentStore(store: SegmentStore, maxBytes: number): SegmentStore {
  /**
   * Sort keys of the cached directory items of each segment, sorted, to find the one that answers for a term.
   */
  const directories = new Map<string, string[]>();
  const items = new LRUCache<string, CachedItem>({
    maxSize: maxBytes,
    sizeCalculation: ({ item }) => item.body.length + OVERHEAD_BYTES,
    dispose: ({ segment, item }) => forget(segment, item.sk),
  });
  const reading = new Map<string, Promise<Uint8Array>>();

  function forget(segment: string, sk: string): void {
    const known = directories.get(segment)?.filter((other) => other !== sk);
    if (known?.length === 0) directories.delete(segment);
    else if (known) directories.set(segment, known);
  }

  function keepDirectory(segment: string, segmentId: SegmentId, item: SegmentItem): void {
    const directory = openDirectory(item.body, { segmentId, sk: item.sk });
    items.set(nameOf(segment, item.sk), { segment, item, directory });
    const known = directories.get(segment) ?? [];
    if (!known.includes(item.sk)) directories.set(segment, [...known, item.sk].sort(compareUtf8));
  }

  function cachedDirectory(segment: string, spelling: string): SegmentItem | undefined {
    const key = directoryKey(spelling);
    const sk = directories.get(segment)?.findLast((known) => compareUtf8(known, key) <= 0);
    const cached = sk === undefined ? undefined : items.get(nameOf(segment, sk));
    return cached?.directory && answersFor(cached.directory, spelling) ? cached.item : undefined;
  }

  /** Starts one read for all items that are neither cached nor being read. Returns a promise for each. */
  function readMissing(tenant: TenantId, keys: readonly ItemKey[]): Promise<Uint8Array>[] {
    const names = keys.map((key) => fullName(tenant, key));
    const fresh = new Map<string, ItemKey>();
    for (const [i, name] of names.entries()) {
      if (!items.has(name) && !reading.has(name)) fresh.set(name, keys[i]!);
    }
    const read = fresh.size === 0 ? undefined : store.read(tenant, [...fresh.values()]);
    for (const [i, [name, key]] of [...fresh].entries()) {
      const body = read!.then((bodies) => {
        const segment = segmentName(tenant, key.segmentId);
        items.set(name, { segment, item: { sk: key.sk, body: bodies[i]! } });
        return bodies[i]!;
      });
      // The waiting readers get the failure. This promise must not count as an unhandled rejection.
      body
        .catch(() => undefined)
        .finally(() => reading.delete(name))
        .catch(() => undefined);
      reading.set(name, body);
    }
    return names.map((name) => reading.get(name) ?? Promise.resolve(items.get(name)!.item.body));
  }

  return {
    write: (tenant, segmentId, written) => store.write(tenant, segmentId, written),

    async findDirectory(tenant, segmentId, spelling, options) {
      const segment = segmentName(tenant, segmentId);
      const cached = cachedDirectory(segment, spelling);
      if (cached) return cached;
      const found = await store.findDirectory(tenant, segmentId, spelling, options);
      if (found) keepDirectory(segment, segmentId, found);
      return found;
    },

    async readDirectories(tenant, segmentId, spellings, mostBytes) {
      const segment = segmentName(tenant, segmentId);
      const cached = spellings.map((spelling) => cachedDirectory(segment, spelling));
      if (!cached.includes(undefined))
        return [...new Set(cached.filter((item) => item !== undefined))].sort((a, b) =>
          compareUtf8(a.sk, b.sk),
        );
      const found = await store.readDirectories(tenant, segmentId, spellings, mostBytes);
      for (const item of found) keepDirectory(segment, segmentId, item);
      return found;
    },

    read: (tenant, keys) => Promise.all(readMissing(tenant, keys)),
    readIfThere: (tenant, keys) => store.readIfThere(tenant, keys),
    readAll: (tenant, segmentId) => store.readAll(tenant, segmentId),
    drop: (tenant, segmentId) => store.drop(tenant, segmentId),
  };
}

const segmentName = (tenant: TenantId, segmentId: SegmentId): string => `${tenant}/${segmentId}`;
const nameOf = (segment: string, sk: string): string => `${segment} ${sk}`;
const fullName = (tenant: TenantId, { segmentId, sk }: ItemKey): string =>
  nameOf(segmentName(tenant, segmentId), sk);
