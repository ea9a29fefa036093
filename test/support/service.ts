import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { dynamoWebhookSecrets } from '../../lib/adapters/dynamo-tenant-secrets.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { OPERATOR, SCOPES, type Scope } from '../../lib/domain/credential.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import { createTenant, type SettingsChange } from '../../lib/steps/tenants/create-tenant.ts';
import { issueKey } from '../../lib/steps/tenants/issue-key.ts';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { functionEnvironment } from '../../infra/local/function-environment.ts';
import { hostFunction, type FunctionHost } from '../../infra/local/function-host.ts';
import { enforceAccess, type Access } from '../../infra/local/iam/access.ts';
import { readRoles } from '../../infra/local/iam/roles.ts';
import { toHttpEvent } from '../../infra/local/http-event.ts';
import { localTemplate } from '../../infra/local/local-template.ts';
import { physicalNames, REGION } from '../../infra/local/physical-names.ts';
import { provision } from '../../infra/local/provision.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';
import { startLambda } from '../../infra/local/servers/lambda-server.ts';
import { startS3 } from '../../infra/local/servers/s3-server.ts';
import { startSqs } from '../../infra/local/servers/sqs-server.ts';
import { startSts } from '../../infra/local/servers/sts-server.ts';
import { readTopology } from '../../infra/local/topology.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SECRET = 'a-secret-of-this-test-only';
const SITE = { stackName: 'Gloss', apiUrl: 'http://localhost' };
const decodeContext = { getRemainingTimeInMillis: () => 75_000 } as Context;
/** Signs what a test does by itself, and for the functions until they take on their roles for a tenant. */
export const TESTER = { accessKeyId: 'test', secretAccessKey: SECRET };

export interface ServiceOptions {
  /** Hears of every request to DynamoDB. */
  readonly onAction?: (action: string) => void;
  /** Hears of every request that takes a right, to whichever server: its action, as `s3:PutObject`. */
  readonly onWish?: (action: string) => void;
  /** In the place of what the template says. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stands between the functions and a server: gets its endpoint, answers the one that they use. */
  readonly between?: Partial<
    Record<'DYNAMODB' | 'S3' | 'LAMBDA' | 'BEDROCK_RUNTIME', (endpoint: string) => Promise<string>>
  >;
}

/**
 * The handlers of functions/ in this process, on the embedded servers as the template provides them, without the
 * queues between them: a test hands over the events itself and so decides what comes when, and how often. For a
 * tenant's data each function takes on its own role, whose policies are enforced.
 */
export async function startService({
  onAction,
  onWish,
  environment = {},
  between = {},
}: ServiceOptions = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'gloss-service-'));
  const template = await localTemplate(PROJECT, { onProgress: () => undefined });
  const roles = readRoles(template, physicalNames(template, { ...SITE, sqsEndpoint: '' }));
  const keyPairOf = (logicalId: string) => ({ accessKeyId: `AKIA${logicalId}`, secretAccessKey: SECRET });
  const functions = [...roles.ofFunction].map(([id, roleArn]) => ({ credentials: keyPairOf(id), roleArn }));
  const policies = enforceAccess({ roles, operator: TESTER, functions, sessionSecret: SECRET });
  const refusals: string[] = [];
  const access: Access = {
    ...policies,
    refusal(caller, wish) {
      onWish?.(wish.action);
      const refusal = policies.refusal(caller, wish);
      if (refusal !== undefined) refusals.push(refusal);
      return refusal;
    },
  };
  const [dynamoDb, sqs, s3, sts, bedrock] = await Promise.all([
    startDynamoDb({ access, ...(onAction && { onAction }) }),
    startSqs({ access }),
    startS3({
      dataDir,
      region: REGION,
      secretFor: (accessKeyId, sessionToken) => access.secretOf({ accessKeyId, sessionToken }),
      refusal: access.refusal,
      onEvent: () => Promise.resolve(),
    }),
    startSts(access),
    startBedrock({}),
  ]);
  const topology = readTopology(template, { ...SITE, sqsEndpoint: sqs.endpoint });
  /** Functions that others call, by source file. */
  const called = new Map<string, (event: unknown) => Promise<unknown>>();
  const lambda = await startLambda({
    access,
    functionNamed: (name) => {
      const fn = topology.functions.find((one) => one.name === name);
      const invoke = called.get(fn?.entry ?? '');
      return fn && invoke && { arn: fn.arn, invoke };
    },
  });
  const seen = async (name: keyof typeof between, { endpoint }: { readonly endpoint: string }) =>
    (await between[name]?.(endpoint)) ?? endpoint;
  const s3Endpoint = await seen('S3', s3);
  const BUCKET = topology.buckets[0]!.name;
  await s3.createBucket(BUCKET, { versioned: topology.buckets[0]!.versioned });
  Object.assign(process.env, ...topology.functions.map(({ environment }) => environment), {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: TESTER.accessKeyId,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_ENDPOINT_URL_DYNAMODB: await seen('DYNAMODB', dynamoDb),
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_S3: s3Endpoint,
    AWS_ENDPOINT_URL_STS: sts.endpoint,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: await seen('BEDROCK_RUNTIME', bedrock),
    AWS_ENDPOINT_URL_LAMBDA: await seen('LAMBDA', lambda),
    PICTURE_ORIGIN: s3Endpoint,
    BUCKET_URL: `${s3Endpoint}/${BUCKET}`,
    MODEL_IDS: 'embedded-detector',
    WEBHOOKS: 'local',
    LAMBDA_TASK_ROOT: new URL('../../lib', import.meta.url).pathname,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_METRICS_NAMESPACE: 'Gloss',
    ...environment,
  });

  const dynamo = new DynamoDBClient({});
  const queues = new SQSClient({});
  const objects = new S3Client({});
  await provision(topology, { dynamoDb: dynamo, sqs: queues });

  /** What the template gives to a function alone. */
  const environmentOf = (entry: string) =>
    topology.functions.find((fn) => fn.entry === `functions/${entry}.ts`)!.environment;

  /** Loads a function with what the template gives to it alone: as at a cold start, it reads its environment now. */
  async function load<Module>(entry: string, module: () => Promise<Module>): Promise<Module> {
    const environment = environmentOf(entry);
    process.env['TENANT_ROLE_ARN'] = environment['TENANT_ROLE_ARN'] ?? '';
    for (const name of ['MAX_RECEIVES', 'VISIBILITY_SEC'])
      if (environment[name] !== undefined) process.env[name] = environment[name];
    return module();
  }
  const { handler: decode } = await load('decode', () => import('../../functions/decode.ts'));
  called.set('functions/decode.ts', (event) => decode(event, decodeContext));
  const { handler: ping } = await load('ping', () => import('../../functions/ping.ts'));
  called.set('functions/ping.ts', ping);
  const { handler: admit } = await load('admit', () => import('../../functions/admit.ts'));
  const { handler: segments } = await load('segments', () => import('../../functions/segments.ts'));
  called.set('functions/segments.ts', segments);
  const { handler: describe } = await load('describe', () => import('../../functions/describe.ts'));
  const { handler: index } = await load('index', () => import('../../functions/index.ts'));
  const { handler: merge } = await load('merge', () => import('../../functions/merge.ts'));
  const { handler: reindex } = await load('reindex', () => import('../../functions/reindex.ts'));
  const { handler: remove } = await load('remove', () => import('../../functions/remove.ts'));
  const { handler: notify } = await load('notify', () => import('../../functions/notify.ts'));
  const { handler: purge } = await load('purge', () => import('../../functions/purge.ts'));
  const { handler: sweep } = await load('sweep', () => import('../../functions/sweep.ts'));
  const { handler: api } = await load('api', () => import('../../functions/api.ts'));

  const newSecret = () => randomBytes(32).toString('hex');
  const clock = { nowMs: () => Date.now() };
  const table = process.env['TENANTS_TABLE']!;
  const tenants = dynamoTenants(dynamo, table);
  const webhookSecrets = dynamoWebhookSecrets(dynamo, table);
  const apiKeys = dynamoApiKeys(dynamo, table, clock);

  const hosts: FunctionHost[] = [];
  /** A function in a process of its own that has the rights of its role and no others, as when deployed. */
  function apart(name: string): FunctionHost['invoke'] {
    const fn = topology.functions.find(({ entry }) => entry === `functions/${name}.ts`)!;
    const endpoints = {
      dynamoDb: dynamoDb.endpoint,
      s3: s3.endpoint,
      sqs: sqs.endpoint,
      bedrock: bedrock.endpoint,
      lambda: lambda.endpoint,
      sts: sts.endpoint,
    };
    const modelId = process.env['MODEL_IDS']!;
    const host = hostFunction({
      ...fn,
      entryPath: join(PROJECT, fn.entry),
      environment: functionEnvironment(fn, { endpoints, modelId }, keyPairOf(fn.logicalId), PROJECT),
      maxConcurrency: 1,
      maxWaiting: 1,
      log: () => undefined,
    });
    hosts.push(host);
    return host.invoke;
  }

  /** Everything that waits in a queue, as the event of one batch; deleted as it is read. */
  async function drain(QueueUrl: string): Promise<SQSEvent> {
    const Records = [];
    for (;;) {
      const { Messages = [] } = await queues.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 60,
          MessageSystemAttributeNames: ['MessageGroupId'],
        }),
      );
      if (Messages.length === 0) return { Records };
      Records.push(
        ...Messages.map(({ Body, MessageId, Attributes }) => sqsRecord(Body!, MessageId!, 1, Attributes)),
      );
      const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      await queues.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** Single images and loads. */
  async function drainIndexQueue(): Promise<SQSEvent> {
    const { Records } = await drain(process.env['INDEX_QUEUE_URL']!);
    return { Records: [...Records, ...(await drain(process.env['BULK_INDEX_QUEUE_URL']!)).Records] };
  }

  return {
    environmentOf,
    /** As the template has them, by name. */
    roles,
    apart,
    /** What has been refused so far for want of a right, in AWS's words. */
    refusals,
    /** Names of the functions that queues feed. */
    workers: topology.functions
      .filter(({ logicalId }) => topology.mappings.some(({ functionId }) => functionId === logicalId))
      .map(({ entry }) => basename(entry, '.ts')),
    admit,
    describeAdmitted: (event: SQSEvent) =>
      describe(event, { getRemainingTimeInMillis: () => 120_000 } as Context),
    /** Uploads are admitted and then described; what is described was delivered as often as its event. */
    async describe(event: SQSEvent): Promise<SQSBatchResponse> {
      const admitted = await admit(event);
      const { Records } = await drain(process.env['DESCRIBE_QUEUE_URL']!);
      const attributes = event.Records[0]?.attributes;
      const described = await describe(
        { Records: Records.map((record) => ({ ...record, ...(attributes && { attributes }) })) },
        { getRemainingTimeInMillis: () => 120_000 } as Context,
      );
      return { batchItemFailures: [...admitted.batchItemFailures, ...described.batchItemFailures] };
    },
    index,
    merge,
    reindex: (event: SQSEvent, remainingMs = 900_000) =>
      reindex(event, { getRemainingTimeInMillis: () => remainingMs } as Context),
    drainReindexQueue: () => drain(process.env['REINDEX_QUEUE_URL']!),
    remove,
    tenants,
    keys: {
      /** A key of a tenant, which is made at its first. */
      async create(tenant: TenantId, scopes: readonly Scope[] = SCOPES, settings: SettingsChange = {}) {
        if (!(await tenants.get(tenant)))
          await createTenant({ tenants, webhookSecrets, clock, newSecret }, tenant, settings);
        return (await issueKey({ apiKeys, tenants, clock }, tenant, { name: '', scopes })).key;
      },
      createOperator: async () => (await apiKeys.create(OPERATOR, { name: '', scopes: [] })).key,
    },
    purge: (event: SQSEvent) => purge(event, { getRemainingTimeInMillis: () => 900_000 } as Context),
    sweep: (event: SQSEvent, remainingMs = 900_000) =>
      sweep(event, { getRemainingTimeInMillis: () => remainingMs } as Context),
    drainWakeQueue: () => drain(process.env['WAKE_QUEUE_URL']!),
    drainSweepQueue: () => drain(process.env['SWEEP_QUEUE_URL']!),
    notify,
    drainNotifyQueue: () => drain(process.env['NOTIFY_QUEUE_URL']!),
    drainPurgeQueue: () => drain(process.env['PURGE_QUEUE_URL']!),
    drainIndexQueue,
    /** Indexes until nothing waits: what is above the budget of a commit is sent again. */
    async indexAll(): Promise<void> {
      for (;;) {
        const event = await drainIndexQueue();
        if (event.Records.length === 0) return;
        await index(event);
      }
    },
    drainAdmitQueue: () => drain(process.env['ADMIT_QUEUE_URL']!),
    drainDescribeQueue: () => drain(process.env['DESCRIBE_QUEUE_URL']!),
    drainMergeQueue: () => drain(process.env['MERGE_QUEUE_URL']!),
    async upload(key: string, body: Uint8Array, ContentType?: string): Promise<void> {
      await objects.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body, ContentType }));
    },
    /** Bytes of the current objects under a prefix, by key. */
    async sizesUnder(Prefix: string): Promise<ReadonlyMap<string, number>> {
      const { Contents = [] } = await objects.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
      return new Map(Contents.map(({ Key, Size }) => [Key!, Size!]));
    },
    async removeObject(key: string): Promise<void> {
      await objects.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
    },
    /** One request to the API as API Gateway hands it over: a path with escapes is decoded. */
    async request(
      method: string,
      path: string,
      key?: string,
      body?: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) {
      const all = {
        host: 'localhost',
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...headers,
      };
      const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
      const headersDistinct = Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name.toLowerCase(), [value]]),
      );
      const head = { method, url: path, headersDistinct, httpVersion: '1.1', sourceIp: '127.0.0.1' };
      const event = toHttpEvent(head, Buffer.from(text), randomBytes(8).toString('hex'), new Date());
      const result = await api(event);
      const type = String(result.headers?.['content-type']);
      const wire = Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8');
      const plain = result.headers?.['content-encoding'] === 'gzip' ? gunzipSync(wire) : wire;
      const answered = plain.toString();
      const json = (type.includes('json') ? JSON.parse(answered) : undefined) as never;
      const { statusCode: status, headers: answerHeaders = {} } = result;
      return { status, headers: answerHeaders, text: answered, json, wireBytes: wire.length };
    },
    async close(): Promise<void> {
      for (const client of [dynamo, queues, objects]) client.destroy();
      await Promise.all(hosts.map((host) => host.close()));
      await Promise.all([dynamoDb, sqs, s3, sts, bedrock, lambda].map((server) => server.close()));
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A sample trigger from events/, as if it came now: what came before its tenant belongs to nobody. */
export async function eventFile<Event = SQSEvent>(name: string): Promise<Event> {
  const text = await readFile(new URL(`../../events/${name}.json`, import.meta.url), 'utf8');
  const now = new Date().toISOString();
  const timed = text.replaceAll(/(\\"eventTime\\":\\")[^"\\]+/g, (_, before: string) => `${before}${now}`);
  return JSON.parse(timed) as Event;
}

/** A photo that is shipped with the project, or one of the odd files. */
export const fixture = (path: string) => readFile(new URL(`../fixtures/${path}`, import.meta.url));

/** An S3 notification in an SQS event, for keys that no file in events/ speaks of. */
export function s3Event(
  kind: 'Created:Put' | 'Removed:Delete' | 'Removed:DeleteMarkerCreated',
  key: string,
  sequencer: string,
  receives = 1,
  {
    atMs,
    versionId,
    size = 1,
  }: { readonly atMs?: number; readonly versionId?: string; readonly size?: number } = {},
): SQSEvent {
  const object = {
    key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
    sequencer,
    size,
    versionId,
  };
  const body = JSON.stringify({
    Records: [
      {
        eventName: `Object${kind}`,
        ...(atMs !== undefined && { eventTime: new Date(atMs).toISOString() }),
        s3: { bucket: { name: 'gloss-bucket' }, object },
      },
    ],
  });
  return { Records: [sqsRecord(body, randomBytes(8).toString('hex'), receives)] };
}

/** A batch of messages of one of our own queues. */
export const sqsEvent = (...messages: readonly object[]): SQSEvent => ({
  Records: messages.map((message) => sqsRecord(JSON.stringify(message), randomBytes(8).toString('hex'))),
});

function sqsRecord(
  body: string,
  messageId: string,
  receives = 1,
  { MessageGroupId }: { readonly MessageGroupId?: string } = {},
): SQSEvent['Records'][number] {
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
      ...(MessageGroupId !== undefined && { MessageGroupId }),
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
  };
}
