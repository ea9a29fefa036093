import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  type DynamoDBClient,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  QueueNameExists,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Queue, Table, Topology } from './topology.ts';

const TABLE_POLL_MS = 20;

interface Clients {
  readonly dynamoDb: DynamoDBClient;
  readonly sqs: SQSClient;
}

/**
 * Makes the tables and queues that the servers do not have yet; the embedded S3 makes its buckets itself. Queues of an
 * older template get their new attributes.
 * @throws Error that says what to do when a table has other keys than the template wants, which no update can change.
 */
export async function provision(topology: Topology, { dynamoDb, sqs }: Clients): Promise<void> {
  await Promise.all([
    ...topology.tables.map((table) => provideTable(dynamoDb, table)),
    provideQueues(sqs, topology.queues),
  ]);
}

async function provideTable(dynamoDb: DynamoDBClient, table: Table): Promise<void> {
  const existing = await describeTable(dynamoDb, table.name);
  if (existing) {
    if (
      keysOf(existing.KeySchema, existing.AttributeDefinitions) !== keysOf(table.keySchema, table.attributes)
    ) {
      throw new Error(
        `table ${table.name} was made with other keys than the template now has: start with --reset, which deletes all local data, or choose another folder by --data`,
      );
    }
    return;
  }
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: table.name,
      KeySchema: [...table.keySchema],
      AttributeDefinitions: [...table.attributes],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  while ((await describeTable(dynamoDb, table.name))?.TableStatus !== 'ACTIVE') await delay(TABLE_POLL_MS);
}

async function describeTable(
  dynamoDb: DynamoDBClient,
  TableName: string,
): Promise<TableDescription | undefined> {
  try {
    return (await dynamoDb.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Such as `pk HASH S, sk RANGE S`. */
function keysOf(
  keySchema: TableDescription['KeySchema'] | Table['keySchema'] = [],
  attributes: TableDescription['AttributeDefinitions'] | Table['attributes'] = [],
): string {
  return keySchema
    .map(({ AttributeName, KeyType }) => {
      const attribute = attributes.find((candidate) => candidate.AttributeName === AttributeName);
      return [AttributeName, KeyType, attribute?.AttributeType].join(' ');
    })
    .join(', ');
}

/** One after another, dead letters first: a redrive policy must name a queue that is there. */
async function provideQueues(sqs: SQSClient, queues: readonly Queue[]): Promise<void> {
  const redrives = ({ attributes }: Queue) => Number('RedrivePolicy' in attributes);
  for (const { name, url, attributes } of queues.toSorted((a, b) => redrives(a) - redrives(b))) {
    try {
      await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    } catch (error) {
      if (!(error instanceof QueueNameExists)) throw error;
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
    }
  }
}
