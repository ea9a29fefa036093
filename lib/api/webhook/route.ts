import { Hono } from 'hono';
import type { Tenant } from '../../domain/tenant.ts';
import { changeTenant, type ChangeTenantDeps } from '../../steps/tenants/change-tenant.ts';
import type { CreateTenantDeps } from '../../steps/tenants/create-tenant.ts';
import { testWebhook, type TestWebhookDeps } from '../../steps/notify/test-webhook.ts';
import { rotateWebhookSecret } from '../../steps/notify/webhook-secrets.ts';
import { allow } from '../authenticate.ts';
import type { ApiEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { body, query } from '../validate.ts';
import { RotationBody, WebhookBody, type Webhook, type WebhookTest } from './schema.ts';

export interface WebhookRouteDeps extends TestWebhookDeps, ChangeTenantDeps, CreateTenantDeps {}

/** /v1/webhook: where the tenant hears of its images, and the secret that signs what it hears. */
export function webhookRoutes(deps: WebhookRouteDeps) {
  return new Hono<ApiEnv>()
    .use(allow('admin'))
    .get('/', query(NoParameters), (c) => c.json(webhookJson(c.get('account'))))
    .put('/', body(WebhookBody), async (c) => {
      const { url } = c.req.valid('json');
      return c.json(
        webhookJson(await changeTenant(deps, c.get('tenant'), { settings: { webhookUrl: url } })),
      );
    })
    .post('/rotation', body(RotationBody), async (c) => {
      const { overlapSec } = c.req.valid('json');
      return c.json(webhookJson(await rotateWebhookSecret(deps, c.get('tenant'), overlapSec)), 201);
    })
    .post('/test', async (c) => {
      const { delivered, reason } = await testWebhook(deps, c.get('account'));
      const answer: WebhookTest = { delivered, ...(reason !== undefined && { reason }) };
      return c.json(answer);
    });
}

/** A tenant without an address hears nothing. */
const webhookJson = ({ settings: { webhookUrl }, webhookSecret, oldWebhookSecret }: Tenant): Webhook => ({
  url: webhookUrl ?? null,
  secret: webhookSecret,
  ...(oldWebhookSecret && { oldSecretEndsAt: new Date(oldWebhookSecret.endsAtMs).toISOString() }),
});
