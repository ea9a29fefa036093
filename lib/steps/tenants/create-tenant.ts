import { GlossError } from '../../domain/errors.ts';
import type { RequestToken } from '../../domain/credential.ts';
import { isReserved, type Incarnation, type TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Clock, NewSecret } from '../../ports/runtime.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';
import type { TenantStore } from '../../ports/tenants.ts';
import { finalAboutMs, type Tenant, type TenantLimits, type TenantSettings } from '../../domain/tenant.ts';
import { webhookSecret } from '../../domain/webhook-secrets.ts';
import { hasImages } from './has-images.ts';

export interface TenantDeps {
  readonly tenants: TenantStore;
  readonly clock: Clock;
}

export interface CreateTenantDeps extends TenantDeps {
  /** Left out by whoever has the Tenants table alone. */
  readonly records?: Pick<ImageRecords, 'list'>;
  readonly newSecret: NewSecret;
  readonly webhookSecrets: WebhookSecretStore;
}

/** Limits of a new tenant, enough for a product to start with. An operator raises them. */
const DEFAULT_LIMITS: TenantLimits = {
  requestsPerSec: 20,
  burst: 200,
  images: 1_000_000,
  bytes: 1_000_000_000_000,
  modelUsdPerMonth: 100,
};

const about = ({ deletion }: Tenant): string => {
  const atMs = deletion && finalAboutMs(deletion);
  return atMs === undefined ? '' : `, about ${new Date(atMs).toISOString()}`;
};

/** 96 random bits: the same never comes twice. */
const INCARNATION_DIGITS = 24;

/** Settings as a request gives them, where each limit is optional. */
export interface SettingsChange extends Partial<Omit<TenantSettings, 'limits'>> {
  readonly limits?: Partial<TenantLimits>;
}

/**
 * Creates a tenant. A tenant of the same name that was deleted completely is replaced.
 * @param token of the request: another attempt of it finds the tenant that the first has made
 * @throws GlossError `conflict` if the name is taken, was deleted minutes ago, or has images of a tenant whose row is lost; `invalid` if it is
 * reserved.
 */
export async function createTenant(
  { tenants, records, webhookSecrets, clock, newSecret }: CreateTenantDeps,
  id: TenantId,
  wanted: SettingsChange = {},
  token?: RequestToken,
): Promise<Tenant> {
  if (isReserved(id)) throw reserved(id);
  const incarnation = (token ?? newSecret()).slice(0, INCARNATION_DIGITS) as Incarnation;
  const before = await tenants.get(id);
  if (before?.incarnation === incarnation) return before;
  if (before && before.status !== 'deleted') throw taken(`there is a tenant ${id} already`);
  // What was in progress at the deletion is removed a quarter of an hour later, and must not meet new data.
  if (before && !before.deletion?.final)
    throw taken(`${id} was deleted minutes ago: make it again when its deletion is final${about(before)}`);
  // Whoever made it anew would have the images of the one before, and never those that come under its name as strays.
  if (!before && records && (await hasImages(records, id)))
    throw taken(
      `${id} has images, and its item in the Tenants table is lost: restore that (docs/runbook.md)`,
    );
  const nowMs = clock.nowMs();
  await webhookSecrets.put(id, incarnation, { current: webhookSecret(newSecret()), revision: 1 });
  const tenant: Tenant = {
    id,
    incarnation,
    status: 'active',
    settings: applied({ language: 'en', limits: DEFAULT_LIMITS }, wanted),
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

const reserved = (id: TenantId) =>
  new GlossError('invalid', 'tenant_name', `"${id}" is reserved: take another name`, {
    place: { field: 'tenant' },
  });

const taken = (message: string) =>
  new GlossError('conflict', 'tenant_exists', message, { place: { field: 'tenant' } });
