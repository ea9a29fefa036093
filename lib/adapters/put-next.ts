import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Item } from './dynamo-batch.ts';
import { isStill, putIf, revisionIs, stored } from './own-writes.ts';
import { readFields } from './stored-json.ts';

/**
 * Puts the next state of an item whose JSON says its revision, which stands beside it a second time. Where the one beside is lost or damaged,
 * the JSON says which state is there: the next one takes its place all the same, as long as both are still as they were.
 * @param attribute which has the JSON
 * @param before the revision that was read; 0 where nothing was there
 * @returns whether this item was written
 */
export async function putNext(
  client: DynamoDBClient,
  table: string,
  item: Item,
  attribute: string,
  before: number,
): Promise<boolean> {
  if (await putIf(client, table, item, revisionIs(before))) return true;
  const there = before > 0 && (await stored(client, table, item));
  if (!there || there['revision']?.N === String(before)) return false;
  const { problem } = readFields(there, attribute, { revision: z.literal(before) });
  if (problem !== undefined) return false; // another writer was faster
  return putIf(client, table, item, isStill(there, [attribute, 'revision', 'format']));
}
