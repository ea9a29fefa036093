import type { RequestToken } from '../../domain/credential.ts';
import { GlossError } from '../../domain/errors.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { isReadable, type UnreadableSecrets } from '../../domain/unreadable.ts';
import { webhookSecret, type WebhookSecrets } from '../../domain/webhook-secrets.ts';
import type { Clock, NewSecret } from '../../ports/runtime.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';

const MAX_TURNS = 10;

/**
 * The secrets of a tenant's webhook, which it has from its first moment on.
 * @throws GlossError `webhook_secret_not_found` where they are lost or damaged; `unreadable` where a later version wrote them
 */
export async function webhookSecretsOf(
  webhookSecrets: WebhookSecretStore,
  { id, incarnation }: Pick<Tenant, 'id' | 'incarnation'>,
): Promise<WebhookSecrets> {
  const { secrets } = await readableSecrets(webhookSecrets, { id, incarnation });
  if (secrets) return secrets;
  throw new GlossError(
    'not_found',
    'webhook_secret_not_found',
    'the secret of this webhook is lost or damaged: make another one with POST /v1/webhook/rotation or `gloss webhook rotate`',
  );
}

/** Those that can be read; otherwise, where they are damaged, what takes their place must name. */
async function readableSecrets(
  webhookSecrets: WebhookSecretStore,
  { id, incarnation }: Pick<Tenant, 'id' | 'incarnation'>,
): Promise<{ readonly secrets?: WebhookSecrets; readonly damaged?: UnreadableSecrets }> {
  const stored = await webhookSecrets.get(id, incarnation);
  if (stored === undefined) return {};
  if (isReadable(stored)) return { secrets: stored };
  if (stored.isOfLaterFormat) throw stored.error();
  return { damaged: stored };
}

export interface RotateWebhookSecretDeps {
  readonly webhookSecrets: WebhookSecretStore;
  readonly newSecret: NewSecret;
  readonly clock: Clock;
}

/** The secrets of a tenant's webhook, or others where they are lost or damaged. @throws GlossError as `rotateWebhookSecret` */
export async function webhookSecretsOrNew(
  deps: RotateWebhookSecretDeps,
  tenant: Tenant,
  token?: RequestToken,
): Promise<WebhookSecrets> {
  const { secrets } = await readableSecrets(deps.webhookSecrets, tenant);
  return secrets ?? rotateWebhookSecret(deps, tenant, 0, token);
}

/**
 * Gives a tenant's webhook another secret. For a while messages are signed with the old one too, unless that is lost.
 * @param overlapSec how long, from 0 on
 * @param token of the request: another attempt of it changes nothing
 * @throws GlossError `conflict` when too many rotate at once; `unreadable` where a later version wrote the secrets
 */
export async function rotateWebhookSecret(
  { webhookSecrets, newSecret, clock }: RotateWebhookSecretDeps,
  tenant: Tenant,
  overlapSec: number,
  token?: RequestToken,
): Promise<WebhookSecrets> {
  const endsAtMs = clock.nowMs() + overlapSec * 1000;
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const { secrets: before, damaged } = await readableSecrets(webhookSecrets, tenant);
    if (token !== undefined && before?.madeBy === token) return before;
    const next: WebhookSecrets = {
      current: webhookSecret(newSecret()),
      ...(before && { previous: { secret: before.current, endsAtMs } }),
      ...(token !== undefined && { madeBy: token }),
      revision: (before?.revision ?? 0) + 1,
    };
    if (await webhookSecrets.put(tenant.id, tenant.incarnation, next, damaged)) return next;
  }
  throw new GlossError('conflict', 'webhook_busy', 'too many rotate this secret at once');
}
