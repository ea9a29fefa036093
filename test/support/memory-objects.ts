import { GlossError } from '../../lib/domain/errors.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';

/** Objects in a map, for steps that only get, put and remove. */
export function memoryObjects(objects: Map<string, Uint8Array>): ObjectStore {
  const noAddress = () => Promise.reject(new GlossError('unsupported', 'no_address', 'a map has no address'));
  return {
    get(_tenant, key) {
      const bytes = objects.get(key);
      if (!bytes) return Promise.reject(new GlossError('not_found', 'object_not_found', 'no such object'));
      return Promise.resolve({ bytes, contentType: undefined });
    },
    put(_tenant, key, bytes) {
      objects.set(key, bytes);
      return Promise.resolve();
    },
    removeUnder(_tenant, prefix, isToGo) {
      for (const key of objects.keys()) if (key.startsWith(prefix) && isToGo(key)) objects.delete(key);
      return Promise.resolve();
    },
    replace: noAddress,
    removeOwn: () => Promise.resolve(),
    removeSeen: () => Promise.resolve(),
    isThere: (_tenant, key) => Promise.resolve(objects.has(key)),
    hasVersions: () => Promise.resolve(false),
    removeFromBefore: () => Promise.resolve(),
    urlFor: noAddress,
    uploadTarget: noAddress,
  };
}
