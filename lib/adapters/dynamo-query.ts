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
}

/** A page of a partition in order of sort key; `next` is where the following one goes on, absent on the last. */
export async function queryPage(
  client: DynamoDBClient,
  table: string,
  { pk, limit, after, consistent = false }: PageOf,
): Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }> {
  const page = await dynamo(
    client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pkValue(pk) },
        ConsistentRead: consistent,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: keyOf({ pk, sk: after }) }),
      }),
    ),
  );
  return { items: page.Items ?? [], next: page.LastEvaluatedKey?.['sk']?.S };
}
