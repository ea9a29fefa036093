import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { changeLanguage, type ChangeLanguageDeps } from './change-language.ts';
import { applied, type SettingsChange, type TenantDeps } from './create-tenant.ts';
import { noSuchTenant, updateTenant } from './update-tenant.ts';

interface TenantChange {
  readonly status?: 'active' | 'suspended';
  readonly settings?: SettingsChange;
}

export interface ChangeTenantDeps extends TenantDeps, ChangeLanguageDeps {}

/**
 * Changes settings, suspends (nobody gets in, nothing is deleted) or resumes a tenant, from the next request
 * on.
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted, and for a new language while
 * there are images.
 */
export async function changeTenant(
  deps: ChangeTenantDeps,
  id: TenantId,
  change: TenantChange,
): Promise<Tenant> {
  const language = change.settings?.language;
  if (language !== undefined) await changeLanguage(deps, checked(await deps.tenants.get(id), id), language);
  return updateTenant(deps, id, (before) => {
    const tenant = checked(before, id);
    return {
      ...tenant,
      status: change.status ?? tenant.status,
      settings: applied(tenant.settings, change.settings ?? {}),
    };
  });
}

/** The tenant, if it can be changed. */
function checked(tenant: Tenant | undefined, id: TenantId): Tenant {
  if (!tenant) throw noSuchTenant(id);
  if (tenant.status === 'active' || tenant.status === 'suspended') return tenant;
  throw new GlossError('conflict', 'tenant_deleted', `tenant ${id} is ${tenant.status}`);
}
