import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactionConflictException,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { patiently } from './patiently.ts';

/** An expression, and the values of its names. */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, AttributeValue>>;
  /** Of attributes that are called like a word of the expression language. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The condition that an item is still as it was read: by its revision, or by not being there. */
export const revisionIs = (before: number): Condition =>
  before === 0
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: 'revision = :before', values: { ':before': { N: String(before) } } };

/** The condition that an item is still as it was read: by these attributes, of which any may be absent. */
export function isStill(before: Item, attributes: readonly string[]): Condition {
  const present = attributes.filter((name) => before[name] !== undefined);
  return {
    expression: attributes
      .map((name) => (present.includes(name) ? `#${name} = :${name}` : `attribute_not_exists(#${name})`))
      .join(' AND '),
    names: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    ...(present.length > 0 && {
      values: Object.fromEntries(present.map((name) => [`:${name}`, before[name]!])),
    }),
  };
}

export const conditionOf = ({ expression, values, names }: Condition) => ({
  ConditionExpression: expression,
  ...(values && { ExpressionAttributeValues: { ...values } }),
  ...(names && { ExpressionAttributeNames: { ...names } }),
});

/**
 * Puts an item if its condition holds. The item carries a token of this write (`writer`): where an answer was lost and
 * the SDK asked again, its own item is not taken for another writer's.
 * @returns whether this item was written
 */
export function putIf(
  client: DynamoDBClient,
  table: string,
  item: Item,
  condition: Condition,
): Promise<boolean> {
  const writer = newWriter();
  const put = { TableName: table, Item: { ...item, writer }, ...conditionOf(condition) };
  return ifHolds(
    () => client.send(new PutItemCommand(put)),
    async () => (await stored(client, table, item))?.['writer']?.S === writer.S,
  );
}

/**
 * Deletes an item if its condition holds. Where an answer was lost and the SDK asked again, an item that is not there any
 * more counts as deleted.
 * @returns whether the item was deleted
 */
export function deleteIf(
  client: DynamoDBClient,
  table: string,
  key: Item,
  condition: Condition,
): Promise<boolean> {
  return ifHolds(
    () => client.send(new DeleteItemCommand({ TableName: table, Key: key, ...conditionOf(condition) })),
    async () => (await stored(client, table, key)) === undefined,
  );
}

/** A token of one write. */
export const newWriter = () => ({ S: randomBytes(6).toString('base64url') });

/**
 * Whether a conditional write was done, now or by an attempt whose answer was lost. One that meets a transaction is tried again.
 * @param isDone asked where the condition does not hold, and an earlier attempt may be why
 */
async function ifHolds(write: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<boolean> {
  try {
    await dynamo(patiently(TransactionConflictException, write));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return isRetried(error) && isDone();
  }
}

/** Whether an earlier attempt may have been carried out. */
const isRetried = ({ $metadata }: ConditionalCheckFailedException): boolean => ($metadata.attempts ?? 1) > 1;

/** What is in the place of an item now. */
export async function stored(
  client: DynamoDBClient,
  table: string,
  { pk, sk }: Item,
): Promise<Item | undefined> {
  const request = new GetItemCommand({ TableName: table, Key: { pk: pk!, sk: sk! }, ConsistentRead: true });
  return (await dynamo(client.send(request))).Item;
}
