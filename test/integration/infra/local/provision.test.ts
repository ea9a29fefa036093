import {
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provision } from '../../../../infra/local/provision.ts';
import { startDynamoDb } from '../../../../infra/local/servers/dynamodb-server.ts';
import { startSqs } from '../../../../infra/local/servers/sqs-server.ts';
import { parseTemplate } from '../../../../infra/local/template.ts';
import { readTopology, type Topology } from '../../../../infra/local/topology.ts';

const config = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
let servers: {
  dynamoDb: Awaited<ReturnType<typeof startDynamoDb>>;
  sqs: Awaited<ReturnType<typeof startSqs>>;
};
let clients: { dynamoDb: DynamoDBClient; sqs: SQSClient };

beforeEach(async () => {
  servers = { dynamoDb: await startDynamoDb({}), sqs: await startSqs({}) };
  clients = {
    dynamoDb: new DynamoDBClient({ ...config, endpoint: servers.dynamoDb.endpoint }),
    sqs: new SQSClient({ ...config, endpoint: servers.sqs.endpoint }),
  };
});

afterEach(async () => {
  clients.dynamoDb.destroy();
  clients.sqs.destroy();
  await servers.dynamoDb.close();
  await servers.sqs.close();
});

interface Changes {
  readonly sortKeyType?: 'S' | 'N';
  readonly visibilitySec?: number;
}

function topology({ sortKeyType = 'S', visibilitySec = 60 }: Changes = {}): Topology {
  const template = parseTemplate({
    Resources: {
      Things: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: sortKeyType },
          ],
        },
      },
      // Before the queue that it serves as well as after: the order in a template means nothing.
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: visibilitySec,
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        },
      },
      Dead: { Type: 'AWS::SQS::Queue' },
    },
  });
  return readTopology(template, { stackName: 'Test', sqsEndpoint: servers.sqs.endpoint, apiUrl: '' });
}

const workUrl = () => `${servers.sqs.endpoint}/000000000000/Test-Work`;

test('makes tables and queues with what the template says', async () => {
  await provision(topology(), clients);
  const { Table } = await clients.dynamoDb.send(new DescribeTableCommand({ TableName: 'Test-Things' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: workUrl(), AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({
    VisibilityTimeout: '60',
    DelaySeconds: '0',
    MessageRetentionPeriod: '345600',
  });
  expect(JSON.parse(Attributes!['RedrivePolicy']!)).toEqual({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:Test-Dead',
    maxReceiveCount: 3,
  });
});

test('leaves data alone when everything is there, and brings queues up to date', async () => {
  await provision(topology(), clients);
  const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
  await clients.dynamoDb.send(new PutItemCommand({ TableName: 'Test-Things', Item: Key }));
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: workUrl(), MessageBody: 'kept' }));

  await provision(topology({ visibilitySec: 7 }), clients);

  const { Item } = await clients.dynamoDb.send(new GetItemCommand({ TableName: 'Test-Things', Key }));
  expect(Item).toEqual(Key);
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: workUrl(), AttributeNames: ['All'] }),
  );
  expect(Attributes!['VisibilityTimeout']).toBe('7');
  const { Messages } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: workUrl() }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['kept']);
});

test('refuses a table with other keys and says what to do', async () => {
  await provision(topology(), clients);
  await expect(provision(topology({ sortKeyType: 'N' }), clients)).rejects.toThrow(
    /table Test-Things was made with other keys.*--reset/,
  );
});
