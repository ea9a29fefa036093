import { dynamoApiKeys } from '../../lib/adapters/dynamo-api-keys.ts';
import { dynamoEndedKeys } from '../../lib/adapters/dynamo-ended-keys.ts';
import { dynamoWaitingImages, dynamoWaitingTenants } from '../../lib/adapters/dynamo-waiting-images.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { dynamoStrayNames, dynamoStrays } from '../../lib/adapters/dynamo-strays.ts';
import { dynamoTenants } from '../../lib/adapters/dynamo-tenants.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type {
  DescribeMessage,
  IndexMessage,
  MergeMessage,
  ReindexMessage,
  SweepMessage,
} from '../../lib/domain/messages.ts';
import type { ImageId, TenantId } from '../../lib/domain/ids.ts';
import { Unreadable } from '../../lib/domain/unreadable.ts';
import { dynamoDb, tenantClients } from '../shared/clients.ts';
import { comeBack } from '../shared/come-back.ts';
import { text, readEnvironment, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { clock } from '../shared/runtime.ts';
import { CHANGING_PICTURES, changingPicturesDeps, objectTimesIn } from '../shared/picture-deps.ts';
import { noteUnreadable } from '../shared/telemetry.ts';
import { allStoredSegmentsBy } from '../shared/stored-segments.ts';

/** What functions/sweep.ts needs, from its environment. @throws Error that names missing variables. */
export function sweepDeps(environment: Environment) {
  const env = readEnvironment(
    {
      ...CHANGING_PICTURES,
      SWEEP_QUEUE_URL: text,
      MERGE_QUEUE_URL: text,
      REINDEX_QUEUE_URL: text,
      ADMIT_QUEUE_URL: text,
      DESCRIBE_QUEUE_URL: text,
      WAKE_QUEUE_URL: text,
      BULK_INDEX_QUEUE_URL: text,
      SEGMENTS_FUNCTION: text,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...changingPicturesDeps(clients, env),
    objectTimes: objectTimesIn(clients, env.BUCKET),
    noteRefused: (tenant: TenantId, imageId: ImageId) =>
      noteUnreadable(tenant)(new Unreadable('original', imageId, 'S3 refuses it')),
    noteLost: (tenant: TenantId) =>
      noteUnreadable()(new Unreadable('tenant', tenant, 'its row is lost, and its images are there')),
    noteUnlisted: (tenant: TenantId) =>
      noteUnreadable()(new Unreadable('tenant', tenant, 'the list of tenants lacks it')),
    tenantNames: dynamoTenants(dynamoDb(), env.TENANTS_TABLE, noteUnreadable()),
    objectLists: perTenant((tenant) =>
      whenNeeded(async () =>
        (await import('../late/s3.ts')).s3ObjectLists(await clients.s3(tenant), env.BUCKET),
      ),
    ),
    folderNames: whenNeeded(async () => {
      const { s3, s3FolderNames } = await import('../late/s3.ts');
      return s3FolderNames(s3(), env.BUCKET);
    }),
    allSegments: allStoredSegmentsBy(env.SEGMENTS_FUNCTION),
    strays: perTenant((tenant) =>
      dynamoStrays(clients.uncounted(tenant), env.TENANTS_TABLE, noteUnreadable(tenant)),
    ),
    waiting: perTenant((tenant) =>
      dynamoWaitingImages(clients.dynamoDb(tenant), env.IMAGES_TABLE, noteUnreadable(tenant)),
    ),
    waitingTenants: dynamoWaitingTenants(dynamoDb(), env.TENANTS_TABLE, noteUnreadable()),
    endedKeys: dynamoEndedKeys(dynamoDb(), env.IMAGES_TABLE, noteUnreadable()),
    apiKeys: dynamoApiKeys(dynamoDb(), env.TENANTS_TABLE, clock),
    strayNames: dynamoStrayNames(dynamoDb(), env.TENANTS_TABLE, noteUnreadable()),
    bulkIndexQueue: queueAt<IndexMessage>(env.BULK_INDEX_QUEUE_URL),
    admitQueue: queueAt<DescribeMessage>(env.ADMIT_QUEUE_URL),
    describeQueue: queueAt<DescribeMessage>(env.DESCRIBE_QUEUE_URL),
    wakeQueue: queueAt<SweepMessage>(env.WAKE_QUEUE_URL),
    sweepQueue: queueAt<SweepMessage>(env.SWEEP_QUEUE_URL),
    comeBack: comeBack(env.SWEEP_QUEUE_URL),
    mergeQueue: queueAt<MergeMessage>(env.MERGE_QUEUE_URL),
    reindexQueue: queueAt<ReindexMessage>(env.REINDEX_QUEUE_URL),
  };
}
