import { GetItemCommand, type DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { sizeOf, type ImageRecord } from '../domain/image.ts';
import type { TenantId } from '../domain/ids.ts';
import type { KeptTotals, Totals } from '../domain/usage.ts';
import { UnreadableRecord } from '../domain/unreadable.ts';
import type { Room, StoredRecord } from '../ports/image-records.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { putIf } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';

/** Sums over the images of a tenant in the images table: pk `<tenant>/totals`, one item. */
const totalsKey = (tenant: TenantId): Item => keyOf({ pk: tenantPartition(tenant, 'totals'), sk: 'totals' });

/** By how much a change of a record moves the sums. */
export function totalsMoved(before: StoredRecord | undefined, after: ImageRecord): Totals {
  // What is not known of it a sweep counts anew.
  const [had, has] = [sizeOf(before instanceof UnreadableRecord ? before.known : before), sizeOf(after)];
  return { images: has.images - had.images, bytes: has.bytes - had.bytes };
}

/**
 * The write that moves the sums.
 * @param room where there has to be room for it afterwards
 */
export function totalsUpdate(
  table: string,
  tenant: TenantId,
  moved: Totals,
  room: Room | undefined,
): TransactWriteItem {
  const held = room ? SUMS.filter((sum) => room.asked[sum] > 0) : [];
  const mostBefore = (sum: Sum) => room!.limits[sum] - moved[sum];
  return {
    Update: {
      TableName: table,
      Key: totalsKey(tenant),
      UpdateExpression: 'ADD images :images, bytes :bytes, moves :one',
      ...(held.length > 0 && {
        ConditionExpression: held.map((sum) => hasRoom(sum, mostBefore(sum))).join(' AND '),
      }),
      ExpressionAttributeValues: {
        ':one': { N: '1' },
        ...Object.fromEntries(SUMS.map((sum) => [`:${sum}`, { N: String(moved[sum]) }])),
        ...Object.fromEntries(held.map((sum) => [`:${sum}Before`, { N: String(mostBefore(sum)) }])),
      },
    },
  };
}

/** A sum that is not there is zero. */
const hasRoom = (sum: Sum, mostBefore: number): string =>
  mostBefore < 0 ? `${sum} <= :${sum}Before` : `(attribute_not_exists(${sum}) OR ${sum} <= :${sum}Before)`;

const SUMS = ['images', 'bytes'] as const;
type Sum = (typeof SUMS)[number];

/** The sums, and how often they moved; all zero where that cannot be read, so that a sweep counts anew. */
export async function readTotals(
  client: DynamoDBClient,
  table: string,
  tenant: TenantId,
): Promise<KeptTotals> {
  const request = new GetItemCommand({ TableName: table, Key: totalsKey(tenant), ConsistentRead: true });
  const { Item } = await dynamo(client.send(request));
  const numberOf = (name: Sum | 'moves') => Number(Item?.[name]?.N ?? 0);
  if (Item?.['moves'] && !Item['moves'].N) return { images: 0, bytes: 0, moves: 0 };
  return { images: numberOf('images'), bytes: numberOf('bytes'), moves: numberOf('moves') };
}

/** Puts other sums in the place of those that were read, if they have not moved since; answers whether they were. */
export function correctTotals(
  client: DynamoDBClient,
  table: string,
  tenant: TenantId,
  { moves }: KeptTotals,
  { images, bytes }: Totals,
): Promise<boolean> {
  return putIf(
    client,
    table,
    {
      ...totalsKey(tenant),
      images: { N: String(images) },
      bytes: { N: String(bytes) },
      moves: { N: String(moves + 1) },
    },
    {
      expression: 'moves = :moves' + (moves === 0 ? ' OR NOT attribute_type(moves, :number)' : ''),
      values: { ':moves': { N: String(moves) }, ...(moves === 0 && { ':number': { S: 'N' } }) },
    },
  );
}
