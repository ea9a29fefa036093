import { randomBytes } from 'node:crypto';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { bedrockVisionModel } from '../lib/adapters/bedrock-vision-model.ts';
import { cachingSegmentStore } from '../lib/adapters/caching-segment-store.ts';
import { dynamoApiKeys } from '../lib/adapters/dynamo-api-keys.ts';
import { dynamoGlosses } from '../lib/adapters/dynamo-glosses.ts';
import { dynamoImageRecords } from '../lib/adapters/dynamo-image-records.ts';
import { dynamoManifests } from '../lib/adapters/dynamo-manifests.ts';
import { dynamoSegmentStore } from '../lib/adapters/dynamo-segment-store.ts';
import { dynamoTenantData } from '../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../lib/adapters/dynamo-tenants.ts';
import { oidcTokens } from '../lib/adapters/oidc-tokens.ts';
import { s3ObjectStore } from '../lib/adapters/s3-object-store.ts';
import { s3TenantData } from '../lib/adapters/s3-tenant-data.ts';
import { sqsMessageQueue } from '../lib/adapters/sqs-message-queue.ts';
import type { IndexMessage, MergeMessage, PurgeMessage } from '../lib/ports/message-queue.ts';
import type { Clock, RandomHex } from '../lib/ports/runtime.ts';
import { CROP_POLICIES } from '../lib/views/crop-policy.ts';

/**
 * The composition root: environment variables to adapters, once per cold start. Each function takes what it needs;
 * a missing or malformed variable stops it at once with the variable's name.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

const clock: Clock = { nowMs: () => Date.now() };
const randomHex: RandomHex = (digits) =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

const text = z.string().min(1);
const count = z.coerce.number().int().positive();
/** Words with commas between them, at least one. */
const list = text.transform((words) => words.split(','));

/** @throws Error that names every variable that is missing or malformed. */
function read<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Environment,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(environment);
  if (!parsed.success)
    throw new Error(`the function's environment is not complete:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** A quarter of the memory of functions/api.ts, as infra/search-api.ts gives it. */
const SEGMENT_CACHE_BYTES = 256 * 2 ** 20;

/**
 * The SDK waits minutes for an answer, or for ever; a function lives for one. These are times without a byte, after
 * which a request is tried again.
 */
const CONNECT_MS = 2_000;
const QUICK = { connectionTimeout: CONNECT_MS, socketTimeout: 5_000 };
const OBJECTS = { connectionTimeout: CONNECT_MS, socketTimeout: 15_000 };
const MODEL = { requestTimeout: 40_000 };

const dynamoDb = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 5, requestHandler: QUICK });
const sqs = (): SQSClient => new SQSClient({ maxAttempts: 5, requestHandler: QUICK });

function indexDeps(client: DynamoDBClient, table: string) {
  return {
    manifests: dynamoManifests(client, table),
    segments: dynamoSegmentStore(client, table),
    clock,
    randomHex,
  };
}

function imageDeps(client: DynamoDBClient, table: string) {
  return { records: dynamoImageRecords(client, table), glosses: dynamoGlosses(client, table, clock) };
}

/** For functions/describe.ts. */
export function describeDeps(environment: Environment) {
  const env = read(
    {
      BUCKET: text,
      IMAGES_TABLE: text,
      INDEX_TABLE: text,
      TENANTS_TABLE: text,
      INDEX_QUEUE_URL: text,
      MODEL_IDS: list,
      CROP_POLICY: z.enum(CROP_POLICIES),
      MAX_IMAGE_BYTES: count,
      MAX_IMAGE_PIXELS: count,
      MAX_OUTPUT_TOKENS: count,
      MAX_RECEIVES: count,
    },
    environment,
  );
  const client = dynamoDb();
  const bedrock = new BedrockRuntimeClient({
    maxAttempts: 4,
    retryMode: 'adaptive',
    requestHandler: MODEL,
  });
  return {
    ...indexDeps(client, env.INDEX_TABLE),
    ...imageDeps(client, env.IMAGES_TABLE),
    objects: s3ObjectStore(new S3Client({ maxAttempts: 4, requestHandler: OBJECTS }), env.BUCKET, clock),
    tenants: dynamoTenants(client, env.TENANTS_TABLE),
    models: env.MODEL_IDS.map((modelId) =>
      bedrockVisionModel(bedrock, { modelId, maxOutputTokens: env.MAX_OUTPUT_TOKENS }),
    ),
    indexQueue: sqsMessageQueue<IndexMessage>(sqs(), env.INDEX_QUEUE_URL),
    settings: { cropPolicy: env.CROP_POLICY, maxBytes: env.MAX_IMAGE_BYTES, maxPixels: env.MAX_IMAGE_PIXELS },
    maxReceives: env.MAX_RECEIVES,
  };
}

/** For functions/index.ts. */
export function indexGlossesDeps(environment: Environment) {
  const env = read({ IMAGES_TABLE: text, INDEX_TABLE: text, MERGE_QUEUE_URL: text }, environment);
  const client = dynamoDb();
  return {
    ...indexDeps(client, env.INDEX_TABLE),
    ...imageDeps(client, env.IMAGES_TABLE),
    mergeQueue: sqsMessageQueue<MergeMessage>(sqs(), env.MERGE_QUEUE_URL),
  };
}

/** For functions/merge.ts. */
export function mergeDeps(environment: Environment) {
  const env = read({ INDEX_TABLE: text, MERGE_QUEUE_URL: text }, environment);
  return {
    ...indexDeps(dynamoDb(), env.INDEX_TABLE),
    mergeQueue: sqsMessageQueue<MergeMessage>(sqs(), env.MERGE_QUEUE_URL),
  };
}

/** For functions/remove.ts. */
export function removeDeps(environment: Environment) {
  const env = read({ IMAGES_TABLE: text, INDEX_TABLE: text, TENANTS_TABLE: text, BUCKET: text }, environment);
  const client = dynamoDb();
  return {
    tenants: dynamoTenants(client, env.TENANTS_TABLE),
    ...indexDeps(client, env.INDEX_TABLE),
    ...imageDeps(client, env.IMAGES_TABLE),
    objects: s3ObjectStore(new S3Client({ maxAttempts: 4, requestHandler: OBJECTS }), env.BUCKET, clock),
  };
}

/** For functions/purge.ts. */
export function purgeDeps(environment: Environment) {
  const env = read(
    { IMAGES_TABLE: text, INDEX_TABLE: text, TENANTS_TABLE: text, BUCKET: text, PURGE_QUEUE_URL: text },
    environment,
  );
  const client = dynamoDb();
  const s3 = new S3Client({ maxAttempts: 4, requestHandler: OBJECTS });
  return {
    clock,
    tenants: dynamoTenants(client, env.TENANTS_TABLE),
    stores: [
      s3TenantData(s3, env.BUCKET, () => s3),
      ...[env.IMAGES_TABLE, env.INDEX_TABLE, env.TENANTS_TABLE].map((table) =>
        dynamoTenantData(client, table, () => client),
      ),
    ],
    purgeQueue: sqsMessageQueue<PurgeMessage>(sqs(), env.PURGE_QUEUE_URL),
  };
}

/** For functions/api.ts. */
export function apiDeps(environment: Environment) {
  const env = read(
    {
      BUCKET: text,
      IMAGES_TABLE: text,
      INDEX_TABLE: text,
      TENANTS_TABLE: text,
      INDEX_QUEUE_URL: text,
      PURGE_QUEUE_URL: text,
      MODEL_IDS: list,
      MAX_IMAGE_BYTES: count,
      LAMBDA_TASK_ROOT: text,
      OIDC_ISSUER: text.optional(),
      OIDC_AUDIENCE: text.default('gloss'),
      OIDC_TENANT_CLAIM: text.default('tenant'),
      OIDC_SCOPE_CLAIM: text.default('scope'),
    },
    environment,
  );
  const client = dynamoDb();
  // Otherwise a presigned upload would carry the checksum of the empty body that it is signed with.
  const s3 = new S3Client({
    maxAttempts: 4,
    requestHandler: OBJECTS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return {
    ...indexDeps(client, env.INDEX_TABLE),
    segments: cachingSegmentStore(dynamoSegmentStore(client, env.INDEX_TABLE), SEGMENT_CACHE_BYTES),
    ...imageDeps(client, env.IMAGES_TABLE),
    objects: s3ObjectStore(s3, env.BUCKET, clock),
    apiKeys: dynamoApiKeys(client, env.TENANTS_TABLE, clock),
    tenants: dynamoTenants(client, env.TENANTS_TABLE),
    ...(env.OIDC_ISSUER !== undefined && {
      tokens: oidcTokens({
        issuer: env.OIDC_ISSUER,
        audience: env.OIDC_AUDIENCE,
        tenantClaim: env.OIDC_TENANT_CLAIM,
        scopeClaim: env.OIDC_SCOPE_CLAIM,
      }),
    }),
    indexQueue: sqsMessageQueue<IndexMessage>(sqs(), env.INDEX_QUEUE_URL),
    purgeQueue: sqsMessageQueue<PurgeMessage>(sqs(), env.PURGE_QUEUE_URL),
    settings: { maxBytes: env.MAX_IMAGE_BYTES, models: env.MODEL_IDS },
    webDir: `${env.LAMBDA_TASK_ROOT}/web`,
  };
}
