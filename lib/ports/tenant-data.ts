import type { Tenant } from '../domain/tenant.ts';

/** One part of a look through a store for what belongs to a tenant. */
interface Sweep {
  /** How many entries were looked at, whoever's they are. */
  readonly scanned: number;
  /** How many of them were the tenant's; all of these are gone now. */
  readonly removed: number;
  /** Where the next part begins; absent after the last. */
  readonly next?: string;
}

/** A store that can be emptied of a tenant, by looking at everything in it: nothing that nobody refers to is missed. */
export interface TenantData {
  readonly holds: 'items' | 'objects';
  /** Removes what is found from `start` on, a page at a time. */
  sweep(tenant: Pick<Tenant, 'id' | 'createdAtMs'>, start: string | undefined): Promise<Sweep>;
}
