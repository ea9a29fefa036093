import { QueryCommand, type DynamoDBClient, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { pkValue, type PartitionKey } from './partitions.ts';

/** Every item that a query finds, page after page. */
export async function* queryAll(client: DynamoDBClient, input: QueryCommandInput): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page = await dynamo(client.send(new QueryCommand({ ...input, ExclusiveStartKey: start })));
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

interface PageOf {
  readonly pk: PartitionKey;
  readonly limit: number;
  /** The sort key that the page before ended with. */
  readonly after?: string | undefined;
  readonly consistent?: boolean;
  /** Whether an item of this partition can have this sort key; each can where this is absent. */
  readonly isKey?: (sk: string) => boolean;
  /** Hears of those that cannot. */
  readonly onStrange?: (sk: string) => void;
}

/**
 * A page of a partition in order of sort key; `next` is where the following one goes on, absent on the last. Items with a sort
 * key that none of this kind can have are passed over, so that a page never ends with one.
 */
export async function queryPage(
  client: DynamoDBClient,
  table: string,
  { pk, limit, after, consistent = false, isKey = () => true, onStrange }: PageOf,
): Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }> {
  const items: Item[] = [];
  let start = after;
  let isStrange: boolean;
  do {
    const page = await dynamo(
      client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pkValue(pk) },
          ConsistentRead: consistent,
          Limit: limit - items.length,
          ...(start !== undefined && { ExclusiveStartKey: keyOf({ pk, sk: start }) }),
        }),
      ),
    );
    for (const item of page.Items ?? []) {
      const sk = item['sk']!.S!;
      if (isKey(sk)) items.push(item);
      else onStrange?.(sk);
    }
    start = page.LastEvaluatedKey?.['sk']?.S;
    isStrange = start !== undefined && !isKey(start);
  } while (isStrange);
  return { items, next: start };
}
