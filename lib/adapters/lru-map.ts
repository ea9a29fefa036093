import { LRUCache } from 'lru-cache';

/**
 * A map of so many entries at most; the one that was used longest ago goes first. It takes room as it fills, where `max` would take
 * all of it at once: an instance has such maps for each of its tenants.
 */
export const lruMap = <Key extends string, Value extends object | string | number | boolean>(
  entries: number,
  options: { readonly ttl?: number } = {},
): LRUCache<Key, Value> => new LRUCache({ ...options, maxSize: entries, sizeCalculation: () => 1 });
