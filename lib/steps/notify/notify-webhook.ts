import { GlossError } from '../../domain/errors.ts';
import { imageEventOf } from '../../domain/image-event.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { NotifyMessage } from '../../domain/messages.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { Webhooks } from '../../ports/webhooks.ts';
import { signingSecrets } from '../../domain/webhook-secrets.ts';
import { webhookSecretsOf } from './webhook-secrets.ts';

interface NotifyDeps {
  readonly tenants: TenantReader;
  readonly webhookSecrets: WebhookSecretStore;
  readonly records: ImageRecords;
  readonly webhooks: Webhooks;
  readonly clock: Clock;
}

/**
 * Tells a tenant's webhook the current state of an image. Of states that pass within seconds only the last is
 * told. A state may be told more than once, always with the same id.
 * @throws GlossError of a transient kind if the receiver does not accept it: the queue delivers the message
 * again.
 */
export async function notifyWebhook(
  { tenants, webhookSecrets, records, webhooks, clock }: NotifyDeps,
  { tenant, imageId }: NotifyMessage,
): Promise<'told' | 'nobody listens'> {
  const account = await tenants.get(tenant);
  const url = account?.settings.webhookUrl;
  if (account?.status !== 'active' || !url) return 'nobody listens';
  const record = await records.get(tenant, imageId);
  if (!record) return 'nobody listens';
  const { id, atMs, image } = imageEventOf(account, record);
  const body = { type: `image.${image.status}`, timestamp: new Date(atMs).toISOString(), data: image };
  try {
    const secrets = signingSecrets(await webhookSecretsOf(webhookSecrets, account), clock.nowMs());
    await webhooks.send({ url, secrets }, id, JSON.stringify(body));
    return 'told';
  } catch (error) {
    if (error instanceof GlossError && error.kind === 'invalid') return 'nobody listens'; // a retry cannot help
    throw error;
  }
}
