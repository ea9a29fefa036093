import { randomBytes } from 'node:crypto';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { z } from 'zod';
import { bedrockVisionModel } from '../lib/adapters/bedrock-vision-model.ts';
import { cachingSegmentStore } from '../lib/adapters/caching-segment-store.ts';
import { dynamoApiKeys } from '../lib/adapters/dynamo-api-keys.ts';
import { dynamoGlosses } from '../lib/adapters/dynamo-glosses.ts';
import { dynamoIdempotency } from '../lib/adapters/dynamo-idempotency.ts';
import { dynamoImageRecords } from '../lib/adapters/dynamo-image-records.ts';
import { dynamoManifests } from '../lib/adapters/dynamo-manifests.ts';
import { dynamoRateLimiter } from '../lib/adapters/dynamo-rate-limiter.ts';
import { dynamoSegmentStore } from '../lib/adapters/dynamo-segment-store.ts';
import { dynamoTenantData } from '../lib/adapters/dynamo-tenant-data.ts';
import { dynamoTenants } from '../lib/adapters/dynamo-tenants.ts';
import { dynamoUsage } from '../lib/adapters/dynamo-usage.ts';
import { eventBridgeBus } from '../lib/adapters/eventbridge-bus.ts';
import { httpWebhooks } from '../lib/adapters/http-webhooks.ts';
import { oidcTokens } from '../lib/adapters/oidc-tokens.ts';
import { perTenant } from '../lib/adapters/per-tenant.ts';
import { s3ObjectStore } from '../lib/adapters/s3-object-store.ts';
import { s3ObjectTimes } from '../lib/adapters/s3-object-times.ts';
import { s3TenantData } from '../lib/adapters/s3-tenant-data.ts';
import { sqsMessageQueue } from '../lib/adapters/sqs-message-queue.ts';
import type { TenantId } from '../lib/domain/ids.ts';
import type {
  IndexMessage,
  MergeMessage,
  NotifyMessage,
  PurgeMessage,
  SweepMessage,
} from '../lib/domain/messages.ts';
import { CROP_POLICIES } from '../lib/domain/tenant.ts';
import type { Clock, NewSecret, RandomHex } from '../lib/ports/runtime.ts';
import { announcingRecords } from '../lib/steps/notify/announcing-records.ts';
import { dynamoDb, eventBridge, s3, sqs, tenantClients, type TenantClients } from './clients.ts';
import { settle, settleAll } from './unit-counts.ts';

/**
 * The composition root: environment variables to adapters, once per cold start. Each function takes what it needs;
 * a missing or malformed variable stops it at once with the variable's name. Whatever a tenant has is reached with
 * credentials for that tenant alone.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

const clock: Clock = { nowMs: () => Date.now() };
const randomHex: RandomHex = (digits) =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

const newSecret: NewSecret = () => randomBytes(32).toString('hex');

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
const MODEL = { requestTimeout: 40_000 };

function indexDeps({ dynamoDb: clientOf }: TenantClients, table: string) {
  return {
    manifests: perTenant((tenant) => dynamoManifests(clientOf(tenant), table)),
    segments: perTenant((tenant) => dynamoSegmentStore(clientOf(tenant), table)),
    clock,
    randomHex,
  };
}

interface ImageEnvironment {
  readonly IMAGES_TABLE: string;
  readonly TENANTS_TABLE: string;
  readonly NOTIFY_QUEUE_URL: string;
  readonly EVENT_BUS?: string | undefined;
}

/** Records announce what changes in them. */
function imageDeps({ dynamoDb: clientOf }: TenantClients, env: ImageEnvironment) {
  const table = env.IMAGES_TABLE;
  const records = perTenant((tenant) => dynamoImageRecords(clientOf(tenant), table, { counting: true }));
  return {
    records: announcingRecords(records, {
      tenants: dynamoTenants(dynamoDb(), env.TENANTS_TABLE),
      notifyQueue: sqsMessageQueue<NotifyMessage>(sqs(), env.NOTIFY_QUEUE_URL),
      toBus: env.EVENT_BUS !== undefined,
    }),
    glosses: perTenant((tenant) => dynamoGlosses(clientOf(tenant), table, clock)),
  };
}

const objectsIn = ({ s3: clientOf }: TenantClients, bucket: string) =>
  perTenant((tenant) => s3ObjectStore(clientOf(tenant), bucket, clock));

/** Usage is written down without being counted itself: it would never come to an end. */
function usageDeps({ uncounted, units }: TenantClients, table: string) {
  const usage = perTenant((tenant) => dynamoUsage(uncounted(tenant), table));
  const tenants = dynamoTenants(dynamoDb(), table);
  return { tenants, usage, flushUsage: () => settleAll({ units, usage, tenants, clock }) };
}

/** Of functions that change images and the index. */
const CHANGING = {
  IMAGES_TABLE: text,
  INDEX_TABLE: text,
  TENANTS_TABLE: text,
  TENANT_ROLE_ARN: text,
  NOTIFY_QUEUE_URL: text,
  EVENT_BUS: text.optional(),
};

/** Of those that change pictures, too. */
const CHANGING_PICTURES = { ...CHANGING, BUCKET: text };

function changingPicturesDeps(
  clients: TenantClients,
  env: ImageEnvironment & { readonly INDEX_TABLE: string; readonly BUCKET: string },
) {
  return {
    ...indexDeps(clients, env.INDEX_TABLE),
    ...imageDeps(clients, env),
    objects: objectsIn(clients, env.BUCKET),
    ...usageDeps(clients, env.TENANTS_TABLE),
  };
}

/** For functions/describe.ts. */
export function describeDeps(environment: Environment) {
  const env = read(
    {
      ...CHANGING_PICTURES,
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
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  const bedrock = new BedrockRuntimeClient({
    maxAttempts: 4,
    retryMode: 'adaptive',
    requestHandler: MODEL,
  });
  return {
    ...changingPicturesDeps(clients, env),
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
  const env = read(
    {
      ...CHANGING,
      MERGE_QUEUE_URL: text,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  return {
    ...usageDeps(clients, env.TENANTS_TABLE),
    ...indexDeps(clients, env.INDEX_TABLE),
    ...imageDeps(clients, env),
    mergeQueue: sqsMessageQueue<MergeMessage>(sqs(), env.MERGE_QUEUE_URL),
  };
}

/** For functions/merge.ts. */
export function mergeDeps(environment: Environment) {
  const env = read(
    { INDEX_TABLE: text, TENANTS_TABLE: text, TENANT_ROLE_ARN: text, MERGE_QUEUE_URL: text },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  return {
    ...indexDeps(clients, env.INDEX_TABLE),
    ...usageDeps(clients, env.TENANTS_TABLE),
    mergeQueue: sqsMessageQueue<MergeMessage>(sqs(), env.MERGE_QUEUE_URL),
  };
}

/** For functions/remove.ts. */
export function removeDeps(environment: Environment) {
  const env = read(CHANGING_PICTURES, environment);
  return changingPicturesDeps(tenantClients(env.TENANT_ROLE_ARN, clock), env);
}

/** For functions/sweep.ts. */
export function sweepDeps(environment: Environment) {
  const env = read({ ...CHANGING_PICTURES, SWEEP_QUEUE_URL: text, MERGE_QUEUE_URL: text }, environment);
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  return {
    ...changingPicturesDeps(clients, env),
    objectTimes: perTenant((tenant) => s3ObjectTimes(clients.s3(tenant), env.BUCKET)),
    sweepQueue: sqsMessageQueue<SweepMessage>(sqs(), env.SWEEP_QUEUE_URL),
    mergeQueue: sqsMessageQueue<MergeMessage>(sqs(), env.MERGE_QUEUE_URL),
  };
}

/** For functions/notify.ts. */
export function notifyDeps(environment: Environment) {
  const env = read(
    {
      IMAGES_TABLE: text,
      TENANTS_TABLE: text,
      TENANT_ROLE_ARN: text,
      WEBHOOKS: z.enum(['internet', 'local']),
      EVENT_BUS: text.optional(),
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  return {
    ...usageDeps(clients, env.TENANTS_TABLE),
    records: perTenant((tenant) => dynamoImageRecords(clients.dynamoDb(tenant), env.IMAGES_TABLE)),
    bus: env.EVENT_BUS === undefined ? undefined : eventBridgeBus(eventBridge(), env.EVENT_BUS),
    webhooks: httpWebhooks(clock, { allowLocal: env.WEBHOOKS === 'local' }),
    clock,
  };
}

/** For functions/purge.ts. */
export function purgeDeps(environment: Environment) {
  const env = read(
    {
      IMAGES_TABLE: text,
      INDEX_TABLE: text,
      TENANTS_TABLE: text,
      TENANT_ROLE_ARN: text,
      BUCKET: text,
      PURGE_QUEUE_URL: text,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  const scanner = dynamoDb();
  const tables = [env.IMAGES_TABLE, env.INDEX_TABLE, env.TENANTS_TABLE];
  return {
    clock,
    tenants: dynamoTenants(scanner, env.TENANTS_TABLE),
    stores: [
      s3TenantData(s3(), env.BUCKET, clients.s3),
      ...tables.map((table) => dynamoTenantData(scanner, table, clients.dynamoDb)),
    ],
    purgeQueue: sqsMessageQueue<PurgeMessage>(sqs(), env.PURGE_QUEUE_URL),
  };
}

/** For functions/api.ts. */
export function apiDeps(environment: Environment) {
  const env = read(
    {
      ...CHANGING_PICTURES,
      INDEX_QUEUE_URL: text,
      PURGE_QUEUE_URL: text,
      MODEL_IDS: list,
      MAX_IMAGE_BYTES: count,
      WEBHOOKS: z.enum(['internet', 'local']),
      LAMBDA_TASK_ROOT: text,
      OIDC_ISSUER: text.optional(),
      OIDC_AUDIENCE: text.default('gloss'),
      OIDC_TENANT_CLAIM: text.default('tenant'),
      OIDC_SCOPE_CLAIM: text.default('scope'),
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN, clock);
  const client = dynamoDb();
  const index = indexDeps(clients, env.INDEX_TABLE);
  const { usage, tenants } = usageDeps(clients, env.TENANTS_TABLE);
  const books = { units: clients.units, usage, clock };
  return {
    ...index,
    segments: cachingSegmentStore(index.segments, SEGMENT_CACHE_BYTES),
    ...imageDeps(clients, env),
    objects: objectsIn(clients, env.BUCKET),
    apiKeys: dynamoApiKeys(client, env.TENANTS_TABLE, clock),
    tenants,
    newSecret,
    usage,
    usageOfAll: dynamoUsage(client, env.TENANTS_TABLE),
    operatorIdempotency: dynamoIdempotency(client, env.TENANTS_TABLE, clock),
    webhooks: httpWebhooks(clock, { allowLocal: env.WEBHOOKS === 'local' }),
    flushUsage: (tenant: TenantId, everyMs: number) => settle(books, tenant, { everyMs }),
    idempotency: perTenant((tenant) => dynamoIdempotency(clients.dynamoDb(tenant), env.IMAGES_TABLE, clock)),
    rateLimiter: perTenant((tenant) => dynamoRateLimiter(clients.dynamoDb(tenant), env.TENANTS_TABLE, clock)),
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
    async originOfObjects(): Promise<string> {
      const anyObject = new GetObjectCommand({ Bucket: env.BUCKET, Key: '-' });
      return new URL(await getSignedUrl(s3(), anyObject)).origin;
    },
  };
}
