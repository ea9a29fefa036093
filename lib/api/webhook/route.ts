import { Hono } from 'hono';
import type { Tenant } from '../../domain/tenant.ts';
import { reasonText } from '../../domain/visible-text.ts';
import { shownSecret, type WebhookSecrets } from '../../domain/webhook-secrets.ts';
import { changeTenant, type ChangeTenantDeps } from '../../steps/tenants/change-tenant.ts';
import type { TenantId } from '../../domain/ids.ts';
import { GlossError } from '../../domain/errors.ts';
import type { RemoteFunction } from '../../ports/remote-function.ts';
import type { WebhookTestResult } from '../../steps/notify/test-webhook.ts';
import {
  rotateWebhookSecret,
  webhookSecretsOf,
  webhookSecretsOrNew,
  type RotateWebhookSecretDeps,
} from '../../steps/notify/webhook-secrets.ts';
import type { ApiEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { body, query } from '../validate.ts';
import { RotationBody, WebhookBody, type Webhook, type WebhookTest } from './schema.ts';

export interface WebhookRouteDeps extends ChangeTenantDeps, RotateWebhookSecretDeps {
  /** Whether an address can be called, as far as it shows by itself: its names are resolved at each call. */
  readonly isCallable: (url: string) => boolean;
  /** Calls a tenant's webhook; the API itself calls no address that a tenant has chosen. */
  readonly ping: RemoteFunction<{ readonly tenant: TenantId }, WebhookTestResult>;
}

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
      if (url !== null && !deps.isCallable(url)) throw notCallable();
      const account = await changeTenant(deps, c.get('tenant'), { settings: { webhookUrl: url } });
      return c.json(webhookJson(account, await webhookSecretsOrNew(deps, account, c.get('requestToken'))));
    })
    .post('/rotation', body(RotationBody), async (c) => {
      const { overlapSec } = c.req.valid('json');
      const account = c.get('account');
      return c.json(
        webhookJson(account, await rotateWebhookSecret(deps, account, overlapSec, c.get('requestToken'))),
        201,
      );
    })
    .post('/test', async (c) => {
      if (!c.get('account').settings.webhookUrl) throw noWebhook();
      const { delivered, reason } = await deps.ping.call({ tenant: c.get('tenant') });
      const answer: WebhookTest = { delivered, ...(reason !== undefined && { reason: reasonText(reason) }) };
      return c.json(answer);
    });
}

const notCallable = () =>
  new GlossError('invalid', 'field', 'url must begin with https:// and lead to the internet', {
    place: { field: 'url' },
  });

const noWebhook = () =>
  new GlossError(
    'conflict',
    'no_webhook',
    'url: no address is set; set one with PUT /v1/webhook or `gloss webhook set URL`',
    { place: { field: 'url' } },
  );

/** A tenant without an address hears nothing. */
const webhookJson = (
  { settings: { webhookUrl } }: Tenant,
  { current, previous }: WebhookSecrets,
): Webhook => ({
  url: webhookUrl ?? null,
  secret: shownSecret(current),
  ...(previous && { oldSecretEndsAt: new Date(previous.endsAtMs).toISOString() }),
});
