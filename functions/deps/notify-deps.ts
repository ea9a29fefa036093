import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { dynamoToldNews } from '../../lib/adapters/dynamo-receivers.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type { NotifyMessage } from '../../lib/domain/messages.ts';
import { tenantClients } from '../shared/clients.ts';
import { text, readEnvironment, type Environment } from '../shared/environment.ts';
import { CALLING, receiverDeps } from '../shared/receiver-deps.ts';
import { queueAt } from '../shared/queue-at.ts';
import { clock } from '../shared/runtime.ts';
import { usageDeps } from '../shared/usage-deps.ts';

/** What functions/notify.ts needs, from its environment. @throws Error that names missing variables. */
export function notifyDeps(environment: Environment) {
  const env = readEnvironment(
    { ...CALLING, IMAGES_TABLE: text, NOTIFY_QUEUE_URL: text, EVENT_BUS: text.optional() },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...usageDeps(clients, env.TENANTS_TABLE),
    ...receiverDeps(clients, env),
    records: perTenant((tenant) => dynamoImageRecords(clients.dynamoDb(tenant), env.IMAGES_TABLE)),
    told: perTenant((tenant) => dynamoToldNews(clients.dynamoDb(tenant), env.TENANTS_TABLE, clock)),
    notifyQueue: queueAt<NotifyMessage>(env.NOTIFY_QUEUE_URL),
    bus: env.EVENT_BUS === undefined ? undefined : busNamed(env.EVENT_BUS),
  };
}

const busNamed = (name: string) => whenNeeded(async () => (await import('../late/eventbridge.ts')).bus(name));
