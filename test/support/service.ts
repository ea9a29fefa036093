import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSEvent,
} from 'aws-lambda';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { OPERATOR, SCOPES, type Scope } from '../../lib/domain/credential.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import { createTenant, type SettingsChange } from '../../lib/steps/create-tenant.ts';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { itemTableRequest } from '../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';
import { startS3 } from '../../infra/local/servers/s3-server.ts';
import { startSqs } from '../../infra/local/servers/sqs-server.ts';

const REGION = 'us-east-1';
const BUCKET = 'gloss-uploads';
const SECRET = 'a-secret-of-this-test-only';

/**
 * The handlers of functions/ in this process, on the embedded servers, without the queues between them: a test
 * hands over the events itself and so decides what comes when, and how often.
 */
export async function startService() {
  const dataDir = await mkdtemp(join(tmpdir(), 'gloss-service-'));
  const [dynamoDb, sqs, s3, bedrock] = await Promise.all([
    startDynamoDb({}),
    startSqs({}),
    startS3({ dataDir, region: REGION, secretFor: () => SECRET, onEvent: () => Promise.resolve() }),
    startBedrock({}),
  ]);
  await s3.createBucket(BUCKET);
  Object.assign(process.env, {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint,
    BUCKET,
    IMAGES_TABLE: 'images',
    INDEX_TABLE: 'index',
    TENANTS_TABLE: 'tenants',
    MODEL_IDS: 'embedded-detector',
    CROP_POLICY: 'grid-2x2',
    MAX_IMAGE_BYTES: '26214400',
    MAX_IMAGE_PIXELS: '100000000',
    MAX_OUTPUT_TOKENS: '600',
    MAX_RECEIVES: '5',
    LAMBDA_TASK_ROOT: new URL('../../lib', import.meta.url).pathname,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_METRICS_NAMESPACE: 'Gloss',
  });

  const dynamo = new DynamoDBClient({});
  const queues = new SQSClient({});
  const objects = new S3Client({});
  for (const table of ['images', 'index', 'tenants']) await dynamo.send(itemTableRequest(table));
  const queueUrlOf = async (QueueName: string) =>
    (await queues.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '0' } })))
      .QueueUrl!;
  process.env['INDEX_QUEUE_URL'] = await queueUrlOf('index');
  process.env['MERGE_QUEUE_URL'] = await queueUrlOf('merge');
  process.env['PURGE_QUEUE_URL'] = await queueUrlOf('purge');

  // Only now: each function reads its environment when it is loaded, as at a cold start.
  const describe = (await import('../../functions/describe.ts')).handler;
  const index = (await import('../../functions/index.ts')).handler;
  const merge = (await import('../../functions/merge.ts')).handler;
  const remove = (await import('../../functions/remove.ts')).handler;
  const purge = (await import('../../functions/purge.ts')).handler;
  const api = (await import('../../functions/api.ts')).handler;

  const clock = { nowMs: () => Date.now() };
  const tenants = dynamoTenants(dynamo, 'tenants');
  const apiKeys = dynamoApiKeys(dynamo, 'tenants', clock);

  /** Everything that waits in a queue, as the event of one batch; deleted as it is read. */
  async function drain(QueueUrl: string): Promise<SQSEvent> {
    const Records = [];
    for (;;) {
      const { Messages = [] } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
      );
      if (Messages.length === 0) return { Records };
      Records.push(...Messages.map(({ Body, MessageId }) => sqsRecord(Body!, MessageId!)));
      const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      await queues.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  return {
    describe: (event: SQSEvent) => describe(event, { getRemainingTimeInMillis: () => 60_000 } as Context),
    index,
    merge,
    remove,
    tenants,
    keys: {
      /** A key of a tenant, which is made at its first. */
      async create(tenant: TenantId, scopes: readonly Scope[] = SCOPES, settings: SettingsChange = {}) {
        if (!(await tenants.get(tenant))) await createTenant({ tenants, clock }, tenant, settings);
        return (await apiKeys.create(tenant, { name: '', scopes })).key;
      },
      createOperator: async () => (await apiKeys.create(OPERATOR, { name: '', scopes: [] })).key,
    },
    purge: (event: SQSEvent) => purge(event, { getRemainingTimeInMillis: () => 900_000 } as Context),
    drainPurgeQueue: () => drain(process.env['PURGE_QUEUE_URL']!),
    drainIndexQueue: () => drain(process.env['INDEX_QUEUE_URL']!),
    drainMergeQueue: () => drain(process.env['MERGE_QUEUE_URL']!),
    async upload(key: string, body: Uint8Array): Promise<void> {
      await objects.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
    },
    async removeObject(key: string): Promise<void> {
      await objects.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
    },
    /** One request to the API as API Gateway hands it over. */
    async request(method: string, path: string, key?: string, body?: unknown) {
      const event = await eventFile<APIGatewayProxyEventV2>('search');
      const [rawPath, rawQueryString = ''] = path.split('?') as [string, string?];
      event.rawPath = rawPath;
      event.rawQueryString = rawQueryString;
      event.requestContext.http.method = method;
      event.requestContext.http.path = rawPath;
      event.headers = {
        host: 'localhost',
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      };
      if (body !== undefined) event.body = typeof body === 'string' ? body : JSON.stringify(body);
      const result = (await api(event as never)) as APIGatewayProxyStructuredResultV2;
      const type = String(result.headers?.['content-type']);
      const json = (type.includes('json') ? JSON.parse(result.body!) : undefined) as never;
      return { status: result.statusCode!, headers: result.headers ?? {}, text: result.body ?? '', json };
    },
    async close(): Promise<void> {
      for (const client of [dynamo, queues, objects]) client.destroy();
      await Promise.all([dynamoDb.close(), sqs.close(), s3.close(), bedrock.close()]);
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A sample trigger from events/. */
export async function eventFile<Event = SQSEvent>(name: string): Promise<Event> {
  return JSON.parse(await readFile(new URL(`../../events/${name}.json`, import.meta.url), 'utf8')) as Event;
}

/** A photo that is shipped with the project, or one of the odd files. */
export const fixture = (path: string) => readFile(new URL(`../fixtures/${path}`, import.meta.url));

/** An S3 notification in an SQS event, for keys that no file in events/ speaks of. */
export function s3Event(
  kind: 'Created:Put' | 'Removed:Delete',
  key: string,
  sequencer: string,
  receives = 1,
): SQSEvent {
  const object = {
    key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
    sequencer,
    size: 1,
  };
  const body = JSON.stringify({
    Records: [{ eventName: `Object${kind}`, s3: { bucket: { name: BUCKET }, object } }],
  });
  return { Records: [sqsRecord(body, randomBytes(8).toString('hex'), receives)] };
}

function sqsRecord(body: string, messageId: string, receives = 1): SQSEvent['Records'][number] {
  return {
    body,
    messageId,
    receiptHandle: '',
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: REGION,
    messageAttributes: {},
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
  };
}
