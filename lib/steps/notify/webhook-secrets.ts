import type { TenantId } from '../../domain/ids.ts';
import type { NewSecret } from '../../ports/runtime.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { updateTenant } from '../tenants/update-tenant.ts';
import type { TenantDeps } from '../tenants/create-tenant.ts';

/**
 * The secrets that sign a tenant's webhook now: two for a while after a rotation, so that a receiver can change
 * over.
 */
export const webhookSecrets = ({ webhookSecret, oldWebhookSecret }: Tenant, nowMs: number): string[] =>
  oldWebhookSecret && oldWebhookSecret.endsAtMs > nowMs
    ? [webhookSecret, oldWebhookSecret.secret]
    : [webhookSecret];

/**
 * Gives a tenant's webhook another secret. For a while messages are signed with the old one too.
 * @param overlapSec how long, from 0 on
 * @throws GlossError `not_found`.
 */
export function rotateWebhookSecret(
  deps: TenantDeps & { readonly newSecret: NewSecret },
  id: TenantId,
  overlapSec: number,
): Promise<Tenant> {
  const endsAtMs = deps.clock.nowMs() + overlapSec * 1000;
  return updateTenant(deps, id, (tenant) => ({
    ...tenant,
    webhookSecret: deps.newSecret(),
    oldWebhookSecret: { secret: tenant.webhookSecret, endsAtMs },
  }));
}
