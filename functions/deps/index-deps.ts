import type { IndexMessage, MergeMessage } from '../../lib/domain/messages.ts';
import { keepApart } from '../shared/keep-apart.ts';
import { tenantClients } from '../shared/clients.ts';
import { positiveCount, readEnvironment, text, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { CHANGING, imageDeps } from '../shared/image-deps.ts';
import { indexDeps } from '../shared/index-deps.ts';
import { usageDeps } from '../shared/usage-deps.ts';

/** What functions/index.ts needs, from its environment. @throws Error that names missing variables. */
export function indexGlossesDeps(environment: Environment) {
  const env = readEnvironment(
    {
      ...CHANGING,
      MERGE_QUEUE_URL: text,
      INDEX_QUEUE_URL: text,
      MAX_RECEIVES: positiveCount,
      VISIBILITY_SEC: positiveCount,
      BULK_INDEX_QUEUE_URL: text,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...usageDeps(clients, env.TENANTS_TABLE),
    ...indexDeps(clients, env.INDEX_TABLE),
    ...imageDeps(clients, env),
    maxReceives: env.MAX_RECEIVES,
    keepApart: keepApart([env.INDEX_QUEUE_URL, env.BULK_INDEX_QUEUE_URL], {
      visibilitySec: env.VISIBILITY_SEC,
    }),
    bulkIndexQueue: queueAt<IndexMessage>(env.BULK_INDEX_QUEUE_URL),
    mergeQueue: queueAt<MergeMessage>(env.MERGE_QUEUE_URL),
  };
}
