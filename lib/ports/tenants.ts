import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';

/** The customers of a deployment. */
export interface Tenants {
  /** Strongly consistent. */
  get(tenant: TenantId): Promise<Tenant | undefined>;
  /** A page in order of name; `next` is absent on the last page. */
  list(page: {
    readonly limit: number;
    readonly after?: TenantId;
  }): Promise<{ readonly tenants: readonly Tenant[]; readonly next?: TenantId }>;
  /** Writes if the stored one still has the revision before it (none for revision 1); answers whether it did. */
  put(tenant: Tenant): Promise<boolean>;
}
