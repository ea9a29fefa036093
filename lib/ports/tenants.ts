import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Unreadable } from '../domain/unreadable.ts';

/** A customer that is there, whether or not its record can be read. */
export type StoredTenant = Tenant | Unreadable;

/** A place in a list by name; `after` is absent on the first page. */
interface Page {
  readonly limit: number;
  readonly after?: TenantId;
}

/** What workers may see of a customer: settings and status, no secret. */
export interface TenantReader {
  /** Strongly consistent. @throws GlossError `unreadable` for one that is there and cannot be read */
  get(tenant: TenantId): Promise<Tenant | undefined>;
}

/** The names of all customers there are or were. */
export interface TenantNames {
  /** A page in order of name; `next` is absent on the last page. */
  names(page: Page): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }>;
}

/** The list of names, for whoever finds that a customer is missing there. */
export interface TenantListing {
  /** Lists a customer that is there; answers whether it was not listed. */
  listAgain(tenant: TenantId): Promise<boolean>;
}

/** The customers of a deployment. */
export interface Tenants extends TenantReader, TenantNames, TenantListing {
  /** A page in order of name; `next` is absent on the last page. */
  list(page: Page): Promise<{ readonly tenants: readonly StoredTenant[]; readonly next?: TenantId }>;
  /** Writes if the stored one still has the revision before it (none for revision 1); answers whether it did. */
  put(tenant: Tenant): Promise<boolean>;
}

/** What changing one tenant takes. */
export type TenantStore = Pick<Tenants, 'get' | 'put'>;
