import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './dynamo-batch.ts';

/**
 * What DynamoDB charges for items. Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats" and
 * "DynamoDB read and write operations".
 */
const READ_STEP_BYTES = 4_096;
const WRITE_STEP_BYTES = 1_024;

/** Size of an item: UTF-8 bytes of the names of its attributes and of their values. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

/** Items of ours have texts, bytes and numbers; what somebody else has put there is counted, too. */
function valueBytes({ S, B, N, L, M, SS, NS, BS }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return B.length;
  if (N !== undefined) return 1 + Math.ceil(N.replace(/\D/g, '').length / 2);
  if (L) return L.reduce((sum, value) => sum + 1 + valueBytes(value), 3);
  if (M) return 3 + Object.keys(M).length + itemBytes(M);
  const members = [...(SS ?? []).map((one) => ({ S: one })), ...(NS ?? []).map((one) => ({ N: one }))];
  const bytes = (BS ?? []).map((one) => ({ B: one }));
  return [...members, ...bytes].reduce((sum, one) => sum + valueBytes(one), 0) || 1; // a boolean or null
}

/**
 * Read units for this many bytes at once: one item, or all items of a page. An empty result costs the minimum.
 */
export function readUnits(bytes: number, consistent: boolean): number {
  const units = Math.max(1, Math.ceil(bytes / READ_STEP_BYTES));
  return consistent ? units : units / 2;
}

/** Units for writing or deleting one item. @param bytes of the larger of the item before and after */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_STEP_BYTES));
