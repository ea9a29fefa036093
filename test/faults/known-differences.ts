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
  { name: 'api GetItem Tenants _key #12', kinds: ['the same again'], differences: ['key'] },
  { name: 'api GetItem Tenants _tenant #29', kinds: ['the same again'], differences: ['key'] },
  {
    name: 'api GetItem Tenants _tenant #3',
    kinds: ['dies before'],
    differences: ['key entrances', 'keys', 'purge proof'],
  },
  {
    name: 'api GetItem Tenants keys #1',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['key entrances', 'keys', 'purge proof'],
  },
  { name: 'api PutItem Images asked #10', kinds: ['the same again'], differences: ['key'] },
  {
    name: 'api PutItem Images images #2',
    kinds: ['answer lost', 'sent twice', 'dies before', 'dies after'],
    differences: ['totals'],
  },
  {
    name: 'api PutItem Tenants _key #1',
    kinds: ['before', 'answer lost', 'throttled', 'dies before', 'dies after'],
    differences: ['key entrances', 'keys', 'purge proof'],
  },
  {
    name: 'api PutItem Tenants _tenant #1',
    kinds: ['answer lost', 'sent twice', 'dies after'],
    differences: ['answers'],
  },
  {
    name: 'api PutItem Tenants keys #3',
    kinds: ['answer lost', 'dies after'],
    differences: ['key', 'key entrances', 'purge proof'],
  },
  {
    name: 'api PutItem Tenants keys #3',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['key entrances', 'keys', 'purge proof'],
  },
  {
    name: 'api PutItem Tenants keys #1',
    kinds: ['answer lost', 'dies after'],
    differences: ['key entrances', 'keys', 'purge proof'],
  },
  { name: 'api UpdateItem Images asked #10', kinds: ['answer lost', 'dies after'], differences: ['key'] },
  {
    name: 'api UpdateItem Images asked #10',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['key', 'key entrances', 'purge proof'],
  },
  {
    name: 'api UpdateItem Images totals #1',
    kinds: ['before', 'sent twice', 'throttled', 'dies before'],
    differences: ['totals'],
  },
  {
    name: 'api UpdateItem Tenants asked #1',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['answers'],
  },
  {
    name: 'api UpdateItem Tenants asked #2',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['key entrances', 'keys', 'purge proof'],
  },
  { name: 'api UpdateItem Tenants keys #6', kinds: ['the same again'], differences: ['key'] },
  { name: 'api UpdateItem Tenants rate #11', kinds: ['the same again'], differences: ['key'] },
  {
    name: 'api UpdateItem Tenants usage #5',
    kinds: ['before', 'answer lost', 'throttled', 'dies before', 'dies after'],
    differences: ['key'],
  },
  { name: 'describe AssumeRole #1', kinds: ['the same again'], differences: ['usage of images'] },
  { name: 'describe Converse #1', kinds: ['the same again'], differences: ['usage of images'] },
  { name: 'describe GetItem Images images #2', kinds: ['the same again'], differences: ['usage of images'] },
  {
    name: 'describe GetItem Tenants _tenant #3',
    kinds: ['the same again'],
    differences: ['usage of images'],
  },
  { name: 'describe Invoke Decode #1', kinds: ['the same again'], differences: ['usage of images'] },
  {
    name: 'describe ListObjectVersions thumbnails #1',
    kinds: ['the same again'],
    differences: ['usage of images'],
  },
  { name: 'describe PutItem Images gloss #1', kinds: ['the same again'], differences: ['usage of images'] },
  {
    name: 'describe PutItem Images images #1',
    kinds: ['answer lost', 'sent twice', 'dies after'],
    differences: ['totals'],
  },
  {
    name: 'describe PutItem Images images #2',
    kinds: ['answer lost', 'dies after', 'the same again'],
    differences: ['usage of images'],
  },
  { name: 'describe PutObject thumbnails #1', kinds: ['the same again'], differences: ['usage of images'] },
  { name: 'describe Query Images gloss #1', kinds: ['the same again'], differences: ['usage of images'] },
  { name: 'describe Query Tenants usage #2', kinds: ['the same again'], differences: ['usage of images'] },
  {
    name: 'describe SendMessageBatch Index #1',
    kinds: ['before', 'answer lost', 'throttled', 'in part', 'dies before', 'dies after'],
    differences: ['usage of images'],
  },
  {
    name: 'describe UpdateItem Images totals #1',
    kinds: ['before', 'sent twice', 'throttled', 'dies before'],
    differences: ['totals'],
  },
  {
    name: 'describe UpdateItem Images totals #1',
    kinds: ['the same again'],
    differences: ['usage of images'],
  },
  {
    name: 'describe UpdateItem Tenants usage #6',
    kinds: ['before', 'sent twice', 'throttled', 'dies before'],
    differences: ['usage of images'],
  },
  {
    name: 'describe UpdateItem Tenants usage #1',
    kinds: ['the same again'],
    differences: ['usage of images'],
  },
  {
    name: 'describe UpdateItem Tenants usage #1',
    kinds: ['sent twice'],
    differences: ['usage of the model'],
  },
  {
    name: 'index BatchWriteItem Index segment #1',
    kinds: ['answer lost', 'dies after'],
    differences: ['orphan segment'],
  },
  { name: 'index PutItem Index manifest #1', kinds: ['dies before'], differences: ['orphan segment'] },
  {
    name: 'purge BatchWriteItem Images gloss #1',
    kinds: ['before', 'answer lost', 'throttled', 'dies before', 'dies after', 'the same again'],
    differences: ['purge proof'],
  },
  {
    name: 'purge BatchWriteItem Images totals #1',
    kinds: ['before', 'answer lost', 'throttled', 'dies before', 'dies after', 'the same again'],
    differences: ['purge proof'],
  },
  {
    name: 'purge BatchWriteItem Index segment #1',
    kinds: ['before', 'answer lost', 'throttled', 'dies before', 'dies after', 'the same again'],
    differences: ['purge proof'],
  },
  {
    name: 'purge BatchWriteItem Tenants webhook #1',
    kinds: ['before', 'answer lost', 'throttled', 'dies before', 'dies after', 'the same again'],
    differences: ['purge proof'],
  },
  {
    name: 'purge DeleteObjects thumbnails #1',
    kinds: ['before', 'answer lost', 'throttled', 'in part', 'dies before', 'dies after', 'the same again'],
    differences: ['purge proof'],
  },
  {
    name: 'purge DeleteObjects uploads #1',
    kinds: ['answer lost', 'in part', 'dies after', 'the same again'],
    differences: ['purge proof'],
  },
  {
    name: 'purge GetItem Tenants _tenant #3',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'purge ListObjectVersions thumbnails #1',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'purge ListObjectVersions uploads #2',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'purge PutItem Tenants _tenant #1',
    kinds: ['before', 'sent twice', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'purge Scan Images all #1',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'purge Scan Index all #1',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'purge Scan Tenants all #1',
    kinds: ['before', 'throttled', 'dies before'],
    differences: ['purge proof'],
  },
  {
    name: 'remove PutItem Images images #2',
    kinds: ['answer lost', 'sent twice', 'dies after'],
    differences: ['totals'],
  },
  {
    name: 'remove UpdateItem Images totals #1',
    kinds: ['before', 'sent twice', 'throttled', 'dies before'],
    differences: ['totals'],
  },
];
