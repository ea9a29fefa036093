import type { ApiKey } from '../../domain/credential.ts';
import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ApiKeys } from '../../ports/api-keys.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { livingTenant } from './update-tenant.ts';

export interface KeyDeps {
  readonly apiKeys: ApiKeys;
  readonly tenants: TenantReader;
  readonly clock: Clock;
}

/** All keys of a tenant are shown in one answer. Those that have expired count until they are revoked. */
const MAX_KEYS = 1_000;

/**
 * Creates a key of a tenant, for this incarnation of it. The tenant is looked at again when the key exists: either
 * this sees that a deletion has begun, or the deletion, which lists the keys after it has begun, sees this key.
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted or has 1,000 keys: then there is no key.
 */
export async function issueKey(
  { apiKeys, tenants }: KeyDeps,
  id: TenantId,
  wanted: Pick<ApiKey, 'name' | 'scopes' | 'expiresAtMs'>,
): Promise<{ readonly key: string; readonly apiKey: ApiKey }> {
  const { incarnation } = livingTenant(await tenants.get(id), id);
  if ((await apiKeys.list(id)).length >= MAX_KEYS)
    throw new GlossError('conflict', 'too_many_keys', `a tenant has at most ${MAX_KEYS} keys: revoke some`);
  const made = await apiKeys.create(id, { ...wanted, incarnation });
  try {
    if (livingTenant(await tenants.get(id), id).incarnation === incarnation) return made;
    throw new GlossError('conflict', 'tenant_deleted', `tenant ${id} was deleted meanwhile`);
  } catch (error) {
    await apiKeys.revoke(id, made.apiKey.id);
    throw error;
  }
}
