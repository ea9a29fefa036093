import {
  BedrockRuntimeClient,
  BedrockRuntimeServiceException,
  ConverseCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient, DynamoDBServiceException, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient, STSServiceException } from '@aws-sdk/client-sts';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { serveHttp1AndHttp2 } from '../../infra/local/bedrock/dual-http-server.ts';
import { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import { promptIn } from '../../lib/vision/prompt.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/**
 * Services that have no capacity: a world says so (test/world/faults.ts) as clients of the SDK hear it from the answers that the API
 * references of the services document. Adapters look at classes and names, and the SDK tries again by them.
 */

const ATTEMPTS = 2;
const config = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: ATTEMPTS,
};

interface Asked {
  send(command: never): Promise<unknown>;
  destroy(): void;
}

interface Service {
  readonly connect: (endpoint: string) => Asked;
  readonly command: object;
  readonly status: number;
  readonly name: string;
  readonly base: abstract new (...given: never[]) => Error;
  /** Of the answer over HTTP. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** A call of an adapter that tells this from other failures by the class. */
  readonly adapted?: (client: never) => Promise<unknown>;
}

const MESSAGE = 'Rate exceeded';
const json = (type: string) => JSON.stringify({ __type: type, message: MESSAGE });
const xml = (code: string) => `<Code>${code}</Code><Message>${MESSAGE}</Message>`;

const SERVICES: Readonly<Record<string, Service>> = {
  DynamoDB: {
    connect: (endpoint) => new DynamoDBClient({ ...config, endpoint }),
    command: new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } }),
    status: 400,
    name: 'ProvisionedThroughputExceededException',
    base: DynamoDBServiceException,
    body: json('com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException'),
  },
  S3: {
    connect: (endpoint) => new S3Client({ ...config, endpoint, forcePathStyle: true }),
    command: new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }),
    status: 503,
    name: 'SlowDown',
    base: S3ServiceException,
    body: `<Error>${xml('SlowDown')}</Error>`,
  },
  SQS: {
    connect: (endpoint) => new SQSClient({ ...config, endpoint }),
    command: new SendMessageCommand({ QueueUrl: 'http://localhost/queue', MessageBody: 'a' }),
    status: 400,
    name: 'RequestThrottled',
    base: SQSServiceException,
    body: json('com.amazonaws.sqs#RequestThrottled'),
  },
  STS: {
    connect: (endpoint) => new STSClient({ ...config, endpoint }),
    command: new AssumeRoleCommand({ RoleArn: 'role', RoleSessionName: 'acme' }),
    status: 400,
    name: 'ThrottlingException',
    base: STSServiceException,
    body: `<ErrorResponse><Error><Type>Sender</Type>${xml('ThrottlingException')}</Error></ErrorResponse>`,
  },
  EventBridge: {
    connect: (endpoint) => new EventBridgeClient({ ...config, endpoint }),
    command: new PutEventsCommand({ Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}' }] }),
    status: 400,
    name: 'ThrottlingException',
    base: EventBridgeServiceException,
    body: json('ThrottlingException'),
  },
  Lambda: {
    connect: (endpoint) => new LambdaClient({ ...config, endpoint }),
    command: new InvokeCommand({ FunctionName: 'function' }),
    status: 429,
    name: 'TooManyRequestsException',
    base: LambdaServiceException,
    headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
    body: json('User'),
    adapted: (client: LambdaClient) => lambdaFunction(client, 'function', z.unknown()).call({}),
  },
  BedrockRuntime: {
    connect: (endpoint) => new BedrockRuntimeClient({ ...config, endpoint }),
    command: new ConverseCommand({ modelId: 'any', messages: [] }),
    status: 429,
    name: 'ThrottlingException',
    base: BedrockRuntimeServiceException,
    headers: { 'x-amzn-errortype': 'ThrottlingException' },
    body: json('ThrottlingException'),
    adapted: (client: BedrockRuntimeClient) =>
      bedrockVisionModel(client, { modelId: 'any', maxOutputTokens: 100 }).look(
        Buffer.from('a'),
        promptIn('en'),
      ),
  },
};

interface Place {
  readonly client: Asked;
  readonly attempts: () => number;
}

/** Answers everything as the service documents it. */
async function overHttp({ connect, status, headers = {}, body }: Service): Promise<Place> {
  let attempts = 0;
  const server = await serveHttp1AndHttp2(0, (request, response) => {
    attempts += 1;
    request.resume();
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(body);
  });
  const client = connect(server.endpoint);
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { client, attempts: () => attempts };
}

function inWorld({ connect }: Service): Place {
  const world = bareWorld();
  world.mishapOf = () => 'throttled';
  const client = attached(connect('http://localhost'), world);
  onTestFinished(() => client.destroy());
  return { client, attempts: () => world.calls[0]!.attempts };
}

describe.each([
  ['over HTTP', overHttp],
  ['in a world', inWorld],
])('%s', (_name, open) => {
  it.each(Object.entries(SERVICES))(
    '%s refuses by its own name, and is asked again',
    async (_service, service) => {
      const { client, attempts } = await open(service);
      const error: unknown = await client.send(service.command as never).catch((one: unknown) => one);
      expect(error).toBeInstanceOf(service.base);
      expect(error).toMatchObject({
        name: service.name,
        message: MESSAGE,
        $metadata: { httpStatusCode: service.status },
      });
      expect(attempts()).toBe(ATTEMPTS);
    },
  );

  it.each(Object.entries(SERVICES).flatMap(([name, one]) => (one.adapted ? [[name, one] as const] : [])))(
    'the adapter of %s says throttled',
    async (_service, service) => {
      const { client } = await open(service);
      await expect(service.adapted!(client as never)).rejects.toMatchObject({ kind: 'throttled' });
    },
  );
});
