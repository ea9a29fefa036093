import type { ObjectStore } from '../../lib/ports/object-store.ts';

/** For steps whose images are imported words: there are no pictures to fetch, and removing none is no error. */
export const noObjects: ObjectStore = {
  get: () => Promise.reject(new Error('no pictures here')),
  put: () => Promise.resolve(),
  removeUnder: () => Promise.resolve(),
  replace: () => Promise.resolve(),
  removeOwn: () => Promise.resolve(),
  removeSeen: () => Promise.resolve(),
  isThere: () => Promise.resolve(false),
  hasVersions: () => Promise.resolve(false),
  removeFromBefore: () => Promise.resolve(),
  urlFor: () => Promise.resolve(''),
  uploadTarget: () => Promise.reject(new Error('no pictures here')),
};
