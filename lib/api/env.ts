import type { Principal, RequestToken } from '../domain/credential.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Manifests } from '../ports/manifests.ts';
import type { Tenant } from '../domain/tenant.ts';

/**
 * What a request that passed authentication carries: `allowed` once its credential may do what it asks for, and a token
 * if it has an Idempotency-Key.
 */
export interface AuthEnv {
  Variables: {
    principal: Principal;
    /** That the use of its key is being noted. */
    noted?: Promise<void>;
    allowed?: true;
    requestToken?: RequestToken;
  };
}

/** What a request of a tenant carries: the tenant comes from the credential and from nowhere else. */
export interface ApiEnv {
  Variables: AuthEnv['Variables'] & {
    tenant: TenantId;
    account: Tenant;
    /** Of searches: the first read of them has begun. */
    manifests: Manifests;
  };
}
