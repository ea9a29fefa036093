import { Hono } from 'hono';
import type { Tenant } from '../../domain/tenant.ts';
import { changeTenant } from '../../steps/tenants/change-tenant.ts';
import { testWebhook } from '../../steps/notify/test-webhook.ts';
import { rotateWebhookSecret } from '../../steps/notify/webhook-secrets.ts';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { NoParameters, RotationBody, WebhookBody } from '../schemas.ts';
import { body, query } from '../validate.ts';

/** /v1/webhook: where the tenant hears of its images, and the secret that signs what it hears. */
export function webhookRoutes(deps: ApiDeps) {
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
    .post('/test', async (c) => c.json(await testWebhook(deps, c.get('account'))));
}

/** A tenant without an address hears nothing. */
const webhookJson = ({ settings: { webhookUrl }, webhookSecret, oldWebhookSecret }: Tenant) => ({
  url: webhookUrl ?? null,
  secret: webhookSecret,
  ...(oldWebhookSecret && { oldSecretEndsAt: new Date(oldWebhookSecret.endsAtMs).toISOString() }),
});
