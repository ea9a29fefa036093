import { dynamoGlosses } from '../../lib/adapters/dynamo-glosses.ts';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { dynamoUsage } from '../../lib/adapters/dynamo-usage.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { sqsMessageQueue } from '../../lib/adapters/sqs-message-queue.ts';
import type { NotifyMessage } from '../../lib/domain/messages.ts';
import { announcingRecords } from '../../lib/steps/notify/announcing-records.ts';
import { dynamoDb, sqs, type TenantClients } from './clients.ts';
import { text } from './environment.ts';
import { clock, randomHex } from './runtime.ts';
import { flushAllUnits } from './unit-counts.ts';

/** The index of each tenant, reached with credentials for that tenant alone, as all that is built here. */
export function indexDeps({ dynamoDb: clientOf }: TenantClients, table: string) {
  return {
    manifests: perTenant((tenant) => dynamoManifests(clientOf(tenant), table)),
    segments: perTenant((tenant) => dynamoSegmentStore(clientOf(tenant), table)),
    clock,
    randomHex,
  };
}

export interface ImageEnvironment {
  readonly IMAGES_TABLE: string;
  readonly TENANTS_TABLE: string;
  readonly NOTIFY_QUEUE_URL: string;
  readonly EVENT_BUS?: string | undefined;
}

/** Records announce what changes in them. */
export function imageDeps({ dynamoDb: clientOf }: TenantClients, env: ImageEnvironment) {
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

/** The objects of each tenant. */
export const objectsIn = ({ s3: clientOf }: TenantClients, bucket: string) =>
  perTenant((tenant) => s3ObjectStore(clientOf(tenant), bucket, clock));

/** Usage is written down without being counted itself: it would never come to an end. */
export function usageDeps({ uncounted, units }: TenantClients, table: string) {
  const usage = perTenant((tenant) => dynamoUsage(uncounted(tenant), table));
  const tenants = dynamoTenants(dynamoDb(), table);
  return { tenants, usage, flushUsage: () => flushAllUnits({ units, usage, tenants, clock }) };
}

/** Of functions that change images and the index. */
export const CHANGING = {
  IMAGES_TABLE: text,
  INDEX_TABLE: text,
  TENANTS_TABLE: text,
  TENANT_ROLE_ARN: text,
  NOTIFY_QUEUE_URL: text,
  EVENT_BUS: text.optional(),
};

/** Of those that change pictures, too. */
export const CHANGING_PICTURES = { ...CHANGING, BUCKET: text };

export function changingPicturesDeps(
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
