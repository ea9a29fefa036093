import { z } from 'zod';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { dynamoWebhookSecrets } from '../../lib/adapters/dynamo-tenant-secrets.ts';
import { eventBridgeBus } from '../../lib/adapters/eventbridge-bus.ts';
import { httpWebhooks } from '../../lib/adapters/http-webhooks.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { eventBridge, tenantClients } from '../shared/clients.ts';
import { text, readEnvironment, type Environment } from '../shared/environment.ts';
import { clock } from '../shared/runtime.ts';
import { usageDeps } from '../shared/usage-deps.ts';

/** What functions/notify.ts needs, from its environment. @throws Error that names missing variables. */
export function notifyDeps(environment: Environment) {
  const env = readEnvironment(
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
    webhookSecrets: perTenant((tenant) => dynamoWebhookSecrets(clients.uncounted(tenant), env.TENANTS_TABLE)),
    records: perTenant((tenant) => dynamoImageRecords(clients.dynamoDb(tenant), env.IMAGES_TABLE)),
    bus: env.EVENT_BUS === undefined ? undefined : eventBridgeBus(eventBridge(), env.EVENT_BUS),
    webhooks: httpWebhooks(clock, { allowLocal: env.WEBHOOKS === 'local' }),
    clock,
  };
}
