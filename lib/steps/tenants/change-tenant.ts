import type { TenantId } from '../../domain/ids.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { changeLanguage, keepLanguage, type ChangeLanguageDeps } from './change-language.ts';
import { applied, type SettingsChange, type TenantDeps } from './create-tenant.ts';
import { livingTenant, updateTenant } from './update-tenant.ts';

interface TenantChange {
  readonly status?: 'active' | 'suspended';
  readonly settings?: SettingsChange;
}

export interface ChangeTenantDeps extends TenantDeps, Omit<ChangeLanguageDeps, 'tenants'> {}

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
  if (language !== undefined)
    await changeLanguage(deps, livingTenant(await deps.tenants.get(id), id), language);
  const changed = await updateTenant(deps, id, (before) => {
    const tenant = livingTenant(before, id);
    return {
      ...tenant,
      status: change.status ?? tenant.status,
      settings: applied(tenant.settings, change.settings ?? {}),
    };
  });
  if (language !== undefined) await keepLanguage(deps, changed);
  return changed;
}
