import * as z from 'zod';
import { cachingGlosses } from '../../lib/adapters/caching-glosses.ts';
import { cachingSegmentStore } from '../../lib/adapters/caching-segment-store.ts';
import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { dynamoIdempotency } from '../../lib/adapters/dynamo-idempotency.ts';
import { dynamoTokenBucket } from '../../lib/adapters/dynamo-token-bucket.ts';
import { dynamoEndedKeys } from '../../lib/adapters/dynamo-ended-keys.ts';
import { dynamoReservations } from '../../lib/adapters/dynamo-reservations.ts';
import { dynamoStrayNames, dynamoStrays } from '../../lib/adapters/dynamo-strays.ts';
import { dynamoCursorSeals, dynamoWebhookSecrets } from '../../lib/adapters/dynamo-tenant-secrets.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { dynamoUsage } from '../../lib/adapters/dynamo-usage.ts';
import { isCallable } from '../../lib/adapters/http-webhooks.ts';
import { leasingRateLimiter } from '../../lib/adapters/leasing-rate-limiter.ts';
import type { OidcSettings } from '../../lib/adapters/oidc-tokens.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import { OPERATOR, type Owner } from '../../lib/domain/credential.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import type {
  DescribeMessage,
  IndexMessage,
  PurgeMessage,
  ReindexMessage,
} from '../../lib/domain/messages.ts';
import type { WebhookTestResult } from '../../lib/steps/notify/test-webhook.ts';
import { dynamoDb, tenantClients } from '../shared/clients.ts';
import { text, positiveCount, list, readEnvironment, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { remoteFunction } from '../shared/remote-function.ts';
import { clock, newSecret } from '../shared/runtime.ts';
import { flushUnits } from '../shared/flush-units.ts';
import { imageDeps } from '../shared/image-deps.ts';
import { indexDeps } from '../shared/index-deps.ts';
import { CHANGING_PICTURES, objectsIn, objectTimesIn } from '../shared/picture-deps.ts';
import { WEBHOOK_PLACES } from '../shared/receiver-deps.ts';
import { storedSegmentsBy } from '../shared/stored-segments.ts';
import { noteUnreadable } from '../shared/telemetry.ts';
import { usageDeps } from '../shared/usage-deps.ts';

/** A quarter of the memory of functions/api.ts, as infra/search-api.ts gives it. */
const SEGMENT_CACHE_BYTES = 256 * 2 ** 20;
/** An eighth of it: some ten thousand glosses. */
const GLOSS_CACHE_BYTES = 128 * 2 ** 20;

/** Longer than functions/ping.ts may take (infra/notifications.ts). */
const PING_WAIT_MS = 12_000;
const PingAnswer = z.strictObject({ delivered: z.boolean(), reason: z.string().exactOptional() });

/** What functions/api.ts needs, from its environment. @throws Error that names missing variables. */
export function apiDeps(environment: Environment) {
  const env = readEnvironment(
    {
      ...CHANGING_PICTURES,
      ADMIT_QUEUE_URL: text,
      INDEX_QUEUE_URL: text,
      BULK_INDEX_QUEUE_URL: text,
      PURGE_QUEUE_URL: text,
      REINDEX_QUEUE_URL: text,
      MODEL_IDS: list,
      MAX_IMAGE_BYTES: positiveCount,
      PING_FUNCTION: text,
      WEBHOOKS: WEBHOOK_PLACES,
      SEGMENTS_FUNCTION: text,
      LAMBDA_TASK_ROOT: text,
      OIDC_ISSUER: text.optional(),
      OIDC_AUDIENCE: text.default('gloss'),
      OIDC_TENANT_CLAIM: text.default('tenant'),
      OIDC_SCOPE_CLAIM: text.default('scope'),
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  const client = dynamoDb();
  const index = indexDeps(clients, env.INDEX_TABLE);
  const images = imageDeps(clients, env);
  const { usage } = usageDeps(clients, env.TENANTS_TABLE);
  const keysOf = (owner: Owner) => (owner === OPERATOR ? client : clients.uncounted(owner));
  const endedKeys = dynamoEndedKeys(client, env.IMAGES_TABLE);
  const books = { units: clients.units, usage, clock };
  return {
    ...index,
    segments: cachingSegmentStore(index.segments, SEGMENT_CACHE_BYTES),
    onUnreadable: noteUnreadable,
    uncachedSegments: index.segments,
    storedSegments: storedSegmentsBy(env.SEGMENTS_FUNCTION),
    ...images,
    glosses: cachingGlosses(images.glosses, GLOSS_CACHE_BYTES),
    reservations: perTenant((tenant) =>
      dynamoReservations(clients.dynamoDb(tenant), env.IMAGES_TABLE, clock, noteUnreadable(tenant)),
    ),
    objects: objectsIn(clients, env),
    apiKeys: dynamoApiKeys(client, env.TENANTS_TABLE, clock, keysOf, noteUnreadable(), (key) =>
      endedKeys.add(key),
    ),
    tenants: dynamoTenants(client, env.TENANTS_TABLE, noteUnreadable()),
    webhookSecrets: perTenant((tenant) =>
      dynamoWebhookSecrets(clients.uncounted(tenant), env.TENANTS_TABLE, noteUnreadable(tenant)),
    ),
    seals: perTenant((tenant) =>
      dynamoCursorSeals(clients.uncounted(tenant), env.TENANTS_TABLE, newSecret, noteUnreadable(tenant)),
    ),
    objectTimes: objectTimesIn(clients, env.BUCKET),
    strays: perTenant((tenant) =>
      dynamoStrays(clients.uncounted(tenant), env.TENANTS_TABLE, noteUnreadable(tenant)),
    ),
    strayNames: dynamoStrayNames(client, env.TENANTS_TABLE, noteUnreadable()),
    newSecret,
    usage,
    usageOfAll: dynamoUsage(client, env.TENANTS_TABLE, noteUnreadable()),
    operatorIdempotency: dynamoIdempotency(client, env.TENANTS_TABLE, clock, noteUnreadable()),
    ping: remoteFunction<{ readonly tenant: TenantId }, WebhookTestResult>(
      env.PING_FUNCTION,
      PING_WAIT_MS,
      PingAnswer,
    ),
    isCallable: (url: string) => isCallable(url, { allowLocal: env.WEBHOOKS === 'local' }),
    countUsageFor: (account: Tenant) => clients.units.countFor(account),
    flushUsage: (tenant: TenantId, everyMs: number) => flushUnits(books, tenant, { everyMs }),
    idempotency: perTenant((tenant) =>
      dynamoIdempotency(clients.dynamoDb(tenant), env.IMAGES_TABLE, clock, noteUnreadable(tenant)),
    ),
    rateLimiter: leasingRateLimiter(
      perTenant((tenant) => dynamoTokenBucket(clients.dynamoDb(tenant), env.TENANTS_TABLE, clock)),
      clock,
    ),
    ...(env.OIDC_ISSUER !== undefined && {
      tokens: tokensOf({
        issuer: env.OIDC_ISSUER,
        audience: env.OIDC_AUDIENCE,
        tenantClaim: env.OIDC_TENANT_CLAIM,
        scopeClaim: env.OIDC_SCOPE_CLAIM,
      }),
    }),
    admitQueue: queueAt<DescribeMessage>(env.ADMIT_QUEUE_URL),
    indexQueue: queueAt<IndexMessage>(env.INDEX_QUEUE_URL),
    bulkIndexQueue: queueAt<IndexMessage>(env.BULK_INDEX_QUEUE_URL),
    reindexQueue: queueAt<ReindexMessage>(env.REINDEX_QUEUE_URL),
    purgeQueue: queueAt<PurgeMessage>(env.PURGE_QUEUE_URL),
    settings: { maxBytes: env.MAX_IMAGE_BYTES, models: env.MODEL_IDS },
    webDir: `${env.LAMBDA_TASK_ROOT}/web`,
    originOfObjects: new URL(env.BUCKET_URL).origin,
  };
}

const tokensOf = (settings: OidcSettings) =>
  whenNeeded(async () => (await import('../../lib/adapters/oidc-tokens.ts')).oidcTokens(settings, clock));
