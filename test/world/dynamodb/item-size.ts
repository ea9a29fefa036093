import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../dynalite-parts.ts';

/** 400 KB: Amazon DynamoDB Developer Guide, "Quotas". */
export const MAX_ITEM_BYTES = 409_600;

/** "DynamoDB item sizes and formats", Amazon DynamoDB Developer Guide. */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + valueBytes(item[name]!);
  return bytes;
}

function valueBytes({ S, N, B, BOOL, NULL, L, M, SS, NS, BS }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return B.length;
  if (N !== undefined) return numberBytes(N);
  if (BOOL !== undefined || NULL !== undefined) return 1;
  if (SS) return SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (NS) return NS.reduce((sum, number) => sum + numberBytes(number), 0);
  if (BS) return BS.reduce((sum, bytes) => sum + bytes.length, 0);
  if (L) return L.reduce((sum, value) => sum + 1 + valueBytes(value), 3);
  return 3 + itemBytes(M!) + Object.keys(M!).length;
}

/** A byte for each two significant digits and one more, one for a sign. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/^-|\./g, '')
    .replace(/^0+|0+$/g, '').length;
  return 1 + Math.ceil(digits / 2) + (text.startsWith('-') ? 1 : 0);
}

/** Of one read unit and one write unit. */
const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / READ_BYTES)) * (consistent ? 1 : 0.5);

export const writeUnits = (before: Item | undefined, after: Item | undefined): number =>
  Math.max(
    1,
    Math.ceil(Math.max(...[before, after].map((item) => (item ? itemBytes(item) : 0))) / WRITE_BYTES),
  );
