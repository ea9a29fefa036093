import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { isLiving, type Tenant } from '../../domain/tenant.ts';
import type { TenantDeps } from './create-tenant.ts';

const MAX_TURNS = 10;

/**
 * Reads, changes and writes a tenant, again if another writer was faster.
 * @param next undefined leaves it as it is
 * @throws GlossError `not_found`.
 */
export async function updateTenant(
  { tenants, clock }: TenantDeps,
  id: TenantId,
  next: (tenant: Tenant) => Tenant | undefined,
): Promise<Tenant> {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const tenant = await tenants.get(id);
    if (!tenant) throw noSuchTenant(id);
    const after = next(tenant);
    if (!after) return tenant;
    const written = { ...after, revision: tenant.revision + 1, updatedAtMs: clock.nowMs() };
    if (await tenants.put(written)) return written;
  }
  throw new GlossError('conflict', 'tenant_busy', `too many writers change tenant ${id} at once`);
}

export const noSuchTenant = (id: TenantId) =>
  new GlossError('not_found', 'tenant_not_found', `there is no tenant ${id}`);

/** The tenant, if it is there and is not being deleted. @throws GlossError `not_found`, `conflict` */
export function livingTenant(tenant: Tenant | undefined, id: TenantId): Tenant {
  if (!tenant) throw noSuchTenant(id);
  if (isLiving(tenant)) return tenant;
  throw new GlossError('conflict', 'tenant_deleted', `tenant ${id} is ${tenant.status}`);
}
