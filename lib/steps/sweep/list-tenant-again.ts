import type { TenantId } from '../../domain/ids.ts';
import { isLiving } from '../../domain/tenant.ts';
import type { TenantListing, TenantReader } from '../../ports/tenants.ts';

interface ListTenantDeps {
  readonly tenants: TenantReader;
  readonly tenantNames: TenantListing;
  /** Hears of a tenant that was not listed. */
  readonly noteUnlisted: (tenant: TenantId) => void;
}

/**
 * Lists a living tenant whose name is missing in the list of tenants. What it has is found without that list, by folders of
 * the bucket and by segments, and all other sweeps go by it. Cost: two read units.
 */
export async function listTenantAgain(
  { tenants, tenantNames, noteUnlisted }: ListTenantDeps,
  tenant: TenantId,
): Promise<void> {
  if (!isLiving(await tenants.get(tenant))) return;
  if (await tenantNames.listAgain(tenant)) noteUnlisted(tenant);
}
