import type { RequestToken } from '../../domain/credential.ts';
import { GlossError } from '../../domain/errors.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { webhookSecret, type WebhookSecrets } from '../../domain/webhook-secrets.ts';
import type { Clock, NewSecret } from '../../ports/runtime.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';

const MAX_TURNS = 10;

/** The secrets of a tenant's webhook, which it has from its first moment on. */
export async function webhookSecretsOf(
  webhookSecrets: WebhookSecretStore,
  { id, incarnation }: Pick<Tenant, 'id' | 'incarnation'>,
): Promise<WebhookSecrets> {
  const secrets = await webhookSecrets.get(id, incarnation);
  if (secrets) return secrets;
  throw new GlossError(
    'not_found',
    'webhook_secret_not_found',
    `tenant ${id} has no webhook secret any more`,
  );
}

export interface RotateWebhookSecretDeps {
  readonly webhookSecrets: WebhookSecretStore;
  readonly newSecret: NewSecret;
  readonly clock: Clock;
}

/**
 * Gives a tenant's webhook another secret. For a while messages are signed with the old one too.
 * @param overlapSec how long, from 0 on
 * @param token of the request: another attempt of it changes nothing
 * @throws GlossError `not_found`; `conflict` when too many rotate at once.
 */
export async function rotateWebhookSecret(
  { webhookSecrets, newSecret, clock }: RotateWebhookSecretDeps,
  tenant: Tenant,
  overlapSec: number,
  token?: RequestToken,
): Promise<WebhookSecrets> {
  const endsAtMs = clock.nowMs() + overlapSec * 1000;
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const before = await webhookSecretsOf(webhookSecrets, tenant);
    if (token !== undefined && before.madeBy === token) return before;
    const next: WebhookSecrets = {
      current: webhookSecret(newSecret()),
      previous: { secret: before.current, endsAtMs },
      ...(token !== undefined && { madeBy: token }),
      revision: before.revision + 1,
    };
    if (await webhookSecrets.put(tenant.id, tenant.incarnation, next)) return next;
  }
  throw new GlossError('conflict', 'webhook_busy', 'too many rotate this secret at once');
}
