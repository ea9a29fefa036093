import { GlossError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../ports/tenants.ts';
import { applied, type SettingsChange, type TenantDeps } from './create-tenant.ts';

const MAX_TURNS = 10;

export interface TenantChange {
  readonly status?: 'active' | 'suspended';
  readonly settings?: SettingsChange;
}

/**
 * Changes settings, suspends (nobody gets in, nothing goes) or resumes a tenant; it counts from the next request on.
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted.
 */
export function changeTenant(deps: TenantDeps, id: TenantId, change: TenantChange): Promise<Tenant> {
  return updateTenant(deps, id, (tenant) => {
    if (tenant.status === 'deleting' || tenant.status === 'deleted') {
      throw new GlossError('conflict', 'tenant_deleted', `tenant ${id} is ${tenant.status}`);
    }
    return {
      ...tenant,
      status: change.status ?? tenant.status,
      settings: applied(tenant.settings, change.settings ?? {}),
    };
  });
}

/** Reads, changes and writes a tenant, again while somebody else is faster. @throws GlossError `not_found`. */
export async function updateTenant(
  { tenants, clock }: TenantDeps,
  id: TenantId,
  next: (tenant: Tenant) => Tenant,
): Promise<Tenant> {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const tenant = await tenants.get(id);
    if (!tenant) throw new GlossError('not_found', 'tenant_not_found', `there is no tenant ${id}`);
    const written = { ...next(tenant), revision: tenant.revision + 1, updatedAtMs: clock.nowMs() };
    if (await tenants.put(written)) return written;
  }
  throw new GlossError('conflict', 'tenant_busy', `too many writers change tenant ${id} at once`);
}
