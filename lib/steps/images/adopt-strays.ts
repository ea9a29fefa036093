import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Strays } from '../../ports/strays.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { livingTenant } from '../tenants/update-tenant.ts';

export interface AdoptStraysDeps {
  readonly tenants: TenantReader;
  readonly strays: Strays;
  readonly objects: ObjectStore;
  readonly settings: { readonly maxBytes: number };
}

/** Each is read and written whole, so a request of the API has time for a few. */
const AT_ONCE = 10;

/**
 * Gives strays to the tenant of their name: each is stored again, so that it is the tenant's from now on, and is
 * described like any upload. What was stored before is removed. Strays that cannot be read or are too large are
 * passed over.
 * @returns how many were given, and whether some are left to ask for
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted.
 */
export async function adoptStrays(
  { tenants, strays, objects, settings }: AdoptStraysDeps,
  tenant: TenantId,
  after: string | undefined,
): Promise<{ readonly adopted: number; readonly next?: string }> {
  const account = livingTenant(await tenants.get(tenant), tenant);
  const page = await strays.list(tenant, { limit: AT_ONCE, ...(after !== undefined && { after }) });
  let adopted = 0;
  for (const { name } of page.strays) {
    const key = uploadKey(tenant, name);
    try {
      const { bytes, contentType = 'application/octet-stream' } = await objects.get(
        tenant,
        key,
        settings.maxBytes,
      );
      await objects.put(tenant, key, bytes, contentType);
      await objects.removeFromBefore(tenant, key, account.createdAtMs);
      adopted += 1;
    } catch (error) {
      if (!(error instanceof GlossError) || (error.kind !== 'not_found' && error.kind !== 'too_large'))
        throw error;
      if (error.kind === 'too_large') continue;
    }
    await strays.remove(tenant, name);
  }
  return { adopted, ...(page.next !== undefined && { next: page.next }) };
}
