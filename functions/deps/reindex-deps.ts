import { dynamoGlosses } from '../../lib/adapters/dynamo-glosses.ts';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { MergeMessage, ReindexMessage } from '../../lib/domain/messages.ts';
import { tenantClients } from '../shared/clients.ts';
import { comeBack } from '../shared/come-back.ts';
import { text, readEnvironment, type Environment } from '../shared/environment.ts';
import { indexDeps } from '../shared/index-deps.ts';
import { queueAt } from '../shared/queue-at.ts';
import { clock } from '../shared/runtime.ts';
import { storedSegmentsBy } from '../shared/stored-segments.ts';
import { noteUnreadable } from '../shared/telemetry.ts';
import { usageDeps } from '../shared/usage-deps.ts';

/** What functions/reindex.ts needs, from its environment. @throws Error that names missing variables. */
export function reindexDeps(environment: Environment) {
  const env = readEnvironment(
    {
      IMAGES_TABLE: text,
      INDEX_TABLE: text,
      TENANTS_TABLE: text,
      TENANT_ROLE_ARN: text,
      MERGE_QUEUE_URL: text,
      REINDEX_QUEUE_URL: text,
      SEGMENTS_FUNCTION: text,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  const { dynamoDb: clientOf } = clients;
  return {
    ...usageDeps(clients, env.TENANTS_TABLE),
    ...indexDeps(clients, env.INDEX_TABLE),
    records: perTenant((tenant) =>
      dynamoImageRecords(clientOf(tenant), env.IMAGES_TABLE, env.TENANTS_TABLE, noteUnreadable(tenant)),
    ),
    glosses: perTenant((tenant) =>
      dynamoGlosses(clientOf(tenant), env.IMAGES_TABLE, clock, noteUnreadable(tenant)),
    ),
    storedSegments: storedSegmentsBy(env.SEGMENTS_FUNCTION),
    mergeQueue: queueAt<MergeMessage>(env.MERGE_QUEUE_URL),
    reindexQueue: queueAt<ReindexMessage>(env.REINDEX_QUEUE_URL),
    comeBack: comeBack(env.REINDEX_QUEUE_URL),
  };
}
