import { GlossError } from '../../domain/errors.ts';
import type { Clock, RandomHex } from '../../ports/runtime.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { Webhooks } from '../../ports/webhooks.ts';
import { signingSecrets } from '../../domain/webhook-secrets.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';
import { webhookSecretsOf } from './webhook-secrets.ts';

export interface TestWebhookDeps {
  readonly webhooks: Webhooks;
  readonly webhookSecrets: WebhookSecretStore;
  readonly clock: Clock;
  readonly randomHex: RandomHex;
}

/**
 * Sends a test message to a tenant's webhook, once, and returns whether it was accepted.
 * @throws GlossError `conflict` for a tenant without an address.
 */
export async function testWebhook(
  { webhooks, webhookSecrets, clock, randomHex }: TestWebhookDeps,
  account: Tenant,
): Promise<{ readonly delivered: boolean; readonly reason?: string }> {
  const url = account.settings.webhookUrl;
  if (!url)
    throw new GlossError('conflict', 'no_webhook', 'url: no address is set; set one with PUT /v1/webhook', {
      place: { field: 'url' },
    });
  const nowMs = clock.nowMs();
  const body = { type: 'webhook.test', timestamp: new Date(nowMs).toISOString(), data: {} };
  try {
    const id = `test-${randomHex(16)}`;
    const secrets = signingSecrets(await webhookSecretsOf(webhookSecrets, account), nowMs);
    await webhooks.send({ url, secrets }, id, JSON.stringify(body));
    return { delivered: true };
  } catch (error) {
    if (!(error instanceof GlossError)) throw error;
    return { delivered: false, reason: error.message };
  }
}
