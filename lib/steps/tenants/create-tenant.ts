import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Clock, NewSecret } from '../../ports/runtime.ts';
import type { Tenants } from '../../ports/tenants.ts';
import type { Tenant, TenantLimits, TenantSettings } from '../../domain/tenant.ts';

export interface TenantDeps {
  readonly tenants: Tenants;
  readonly clock: Clock;
}

export interface CreateTenantDeps extends TenantDeps {
  readonly newSecret: NewSecret;
}

/** Limits of a new tenant, enough for a product to start with. An operator raises them. */
const DEFAULT_LIMITS: TenantLimits = {
  requestsPerSec: 20,
  burst: 200,
  images: 1_000_000,
  bytes: 1_000_000_000_000,
  modelUsdPerMonth: 100,
};

/** Settings as a request gives them, where each limit is optional. */
export interface SettingsChange extends Partial<Omit<TenantSettings, 'limits'>> {
  readonly limits?: Partial<TenantLimits>;
}

/**
 * Creates a tenant. A tenant of the same name that was deleted completely is replaced.
 * @throws GlossError `conflict` if the name is taken, or was deleted minutes ago.
 */
export async function createTenant(
  { tenants, clock, newSecret }: CreateTenantDeps,
  id: TenantId,
  wanted: SettingsChange = {},
): Promise<Tenant> {
  const before = await tenants.get(id);
  if (before && before.status !== 'deleted') throw taken(`there is a tenant ${id} already`);
  // What was in progress at the deletion is removed a quarter of an hour later, and must not meet new data.
  if (before && !before.deletion?.final)
    throw taken(`${id} was deleted minutes ago: make it again when its deletion is final`);
  const nowMs = clock.nowMs();
  const tenant: Tenant = {
    id,
    status: 'active',
    settings: applied({ language: 'en', limits: DEFAULT_LIMITS }, wanted),
    secret: newSecret(),
    webhookSecret: newSecret(),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    revision: (before?.revision ?? 0) + 1,
  };
  if (!(await tenants.put(tenant))) throw taken(`there is a tenant ${id} already`);
  return tenant;
}

/** Settings after a change. Whatever the change does not name stays. */
export const applied = (settings: TenantSettings, change: SettingsChange): TenantSettings => ({
  ...settings,
  ...change,
  limits: { ...settings.limits, ...change.limits },
});

const taken = (message: string) =>
  new GlossError('conflict', 'tenant_exists', message, { place: { field: 'tenant' } });
