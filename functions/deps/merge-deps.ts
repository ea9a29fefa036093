import type { MergeMessage } from '../../lib/domain/messages.ts';
import { tenantClients } from '../shared/clients.ts';
import { comeBack } from '../shared/come-back.ts';
import { text, readEnvironment, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { indexDeps } from '../shared/index-deps.ts';
import { usageDeps } from '../shared/usage-deps.ts';

/** What functions/merge.ts needs, from its environment. @throws Error that names missing variables. */
export function mergeDeps(environment: Environment) {
  const env = readEnvironment(
    { INDEX_TABLE: text, TENANTS_TABLE: text, TENANT_ROLE_ARN: text, MERGE_QUEUE_URL: text },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...indexDeps(clients, env.INDEX_TABLE),
    ...usageDeps(clients, env.TENANTS_TABLE),
    mergeQueue: queueAt<MergeMessage>(env.MERGE_QUEUE_URL),
    comeBack: comeBack(env.MERGE_QUEUE_URL, { leavesClaim: true }),
  };
}
