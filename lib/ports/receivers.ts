import type { TenantId } from '../domain/ids.ts';
import type { Receiver } from '../domain/receiver.ts';

/** What all instances know together of the receivers of webhooks. */
export interface Receivers {
  /** Strongly consistent. */
  get(tenant: TenantId): Promise<Receiver | undefined>;
  /** Writes if the stored one still has the revision before (none for revision 1); answers whether it did. */
  put(tenant: TenantId, receiver: Receiver): Promise<boolean>;
}

/** Which news a tenant's webhook has taken. */
export interface ToldNews {
  /** Strongly consistent. */
  has(tenant: TenantId, id: string): Promise<boolean>;
  add(tenant: TenantId, id: string): Promise<void>;
}
