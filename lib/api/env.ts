import type { Principal } from '../domain/credential.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';

/** What a request that passed authentication carries: `allowed` once its credential may do what it asks for. */
export interface AuthEnv {
  Variables: { principal: Principal; allowed?: true };
}

/** What a request of a tenant carries: the tenant comes from the credential and from nowhere else. */
export interface ApiEnv {
  Variables: { principal: Principal; allowed?: true; tenant: TenantId; account: Tenant };
}
