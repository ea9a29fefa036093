import type { Principal } from '../domain/credential.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';

/** What a request that passed authentication carries. */
export interface AuthEnv {
  Variables: { principal: Principal };
}

/** What a request of a tenant carries: the tenant comes from the credential and from nowhere else. */
export interface ApiEnv {
  Variables: { principal: Principal; tenant: TenantId; account: Tenant };
}
