import type { Kind } from './rig.ts';

/** What is known to differ after one fault, and is still to be mended. */
interface KnownDifference {
  /** A call for which it was seen; calls of the same place differ in nothing else. */
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** Exactly these, for this call. */
  readonly differences: readonly string[];
}

/** The list shrinks: what no longer differs fails until it is taken off. `npm run test:faults` looks at every line. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  { name: 'api GetItem Tenants keys #1', kinds: ['dies before'], differences: ['key entrances', 'keys'] },
  { name: 'api GetItem Tenants keys #2', kinds: ['throttled'], differences: ['key entrances', 'keys'] },
  { name: 'api PutItem Tenants _tenant #1', kinds: ['dies after'], differences: ['answers'] },
  { name: 'api PutItem Tenants keys #1', kinds: ['dies after'], differences: ['key entrances', 'keys'] },
  { name: 'api Query Tenants _key #13', kinds: ['throttled'], differences: ['key entrances', 'keys'] },
  { name: 'api UpdateItem Images asked #10', kinds: ['throttled'], differences: ['key entrances', 'keys'] },
  { name: 'api UpdateItem Tenants keys #9', kinds: ['answer lost'], differences: ['key entrances', 'keys'] },
  {
    name: 'purge BatchWriteItem Tenants webhook #1',
    kinds: ['the same again'],
    differences: ['purge proof'],
  },
  { name: 'purge DeleteObjects thumbnails #1', kinds: ['the same again'], differences: ['purge proof'] },
];
