import { Hono } from 'hono';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { NoParameters, WebhookBody } from '../schemas.ts';
import { body, query } from '../validate.ts';
import { changeTenant } from '../../steps/change-tenant.ts';
import type { Tenant } from '../../ports/tenants.ts';

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
    });
}

/** A tenant without an address hears nothing. */
const webhookJson = ({ settings: { webhookUrl }, webhookSecret }: Tenant) => ({
  url: webhookUrl ?? null,
  secret: webhookSecret,
});
