import * as z from 'zod';
import { dynamoReceivers } from '../../lib/adapters/dynamo-receivers.ts';
import { dynamoWebhookSecrets } from '../../lib/adapters/dynamo-tenant-secrets.ts';
import { httpWebhooks } from '../../lib/adapters/http-webhooks.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { TenantClients } from './clients.ts';
import { positiveCount, text } from './environment.ts';
import { clock } from './runtime.ts';
import { noteUnreadable } from './telemetry.ts';

/** Where webhooks may be: `local` is for the embedded stack. */
export const WEBHOOK_PLACES = z.enum(['internet', 'local']);

/** Variables of a function that calls the webhooks of tenants. */
export const CALLING = {
  TENANTS_TABLE: text,
  TENANT_ROLE_ARN: text,
  WEBHOOKS: WEBHOOK_PLACES,
  CALLS_PER_TENANT: positiveCount,
};

/** What calling the webhook of a tenant takes. */
export function receiverDeps(clients: TenantClients, env: z.infer<z.ZodObject<typeof CALLING>>) {
  return {
    receivers: perTenant((tenant) =>
      dynamoReceivers(clients.dynamoDb(tenant), env.TENANTS_TABLE, noteUnreadable(tenant)),
    ),
    webhookSecrets: perTenant((tenant) =>
      dynamoWebhookSecrets(clients.uncounted(tenant), env.TENANTS_TABLE, noteUnreadable(tenant)),
    ),
    webhooks: httpWebhooks(clock, { allowLocal: env.WEBHOOKS === 'local' }),
    mostCalls: env.CALLS_PER_TENANT,
    clock,
  };
}
