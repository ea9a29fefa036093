import { Hono } from 'hono';
import type { Tenant } from '../../domain/tenant.ts';
import { reasonText } from '../../domain/visible-text.ts';
import type { WebhookSecrets } from '../../domain/webhook-secrets.ts';
import { changeTenant, type ChangeTenantDeps } from '../../steps/tenants/change-tenant.ts';
import { testWebhook, type TestWebhookDeps } from '../../steps/notify/test-webhook.ts';
import {
  rotateWebhookSecret,
  webhookSecretsOf,
  type RotateWebhookSecretDeps,
} from '../../steps/notify/webhook-secrets.ts';
import type { ApiEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { body, query } from '../validate.ts';
import { RotationBody, WebhookBody, type Webhook, type WebhookTest } from './schema.ts';

export interface WebhookRouteDeps extends TestWebhookDeps, ChangeTenantDeps, RotateWebhookSecretDeps {}

/** /v1/webhook: where the tenant hears of its images, and the secret that signs what it hears. */
export function webhookRoutes(deps: WebhookRouteDeps) {
  const secretsOf = (tenant: Tenant) => webhookSecretsOf(deps.webhookSecrets, tenant);
  return new Hono<ApiEnv>()
    .get('/', query(NoParameters), async (c) => {
      const account = c.get('account');
      return c.json(webhookJson(account, await secretsOf(account)));
    })
    .put('/', body(WebhookBody), async (c) => {
      const { url } = c.req.valid('json');
      const account = await changeTenant(deps, c.get('tenant'), { settings: { webhookUrl: url } });
      return c.json(webhookJson(account, await secretsOf(account)));
    })
    .post('/rotation', body(RotationBody), async (c) => {
      const { overlapSec } = c.req.valid('json');
      const account = c.get('account');
      return c.json(webhookJson(account, await rotateWebhookSecret(deps, account, overlapSec)), 201);
    })
    .post('/test', async (c) => {
      const { delivered, reason } = await testWebhook(deps, c.get('account'));
      const answer: WebhookTest = { delivered, ...(reason !== undefined && { reason: reasonText(reason) }) };
      return c.json(answer);
    });
}

/** A tenant without an address hears nothing. */
const webhookJson = (
  { settings: { webhookUrl } }: Tenant,
  { current, previous }: WebhookSecrets,
): Webhook => ({
  url: webhookUrl ?? null,
  secret: current,
  ...(previous && { oldSecretEndsAt: new Date(previous.endsAtMs).toISOString() }),
});
