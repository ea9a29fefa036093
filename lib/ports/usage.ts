import type { TenantId } from '../domain/ids.ts';
import type { Unreadable } from '../domain/unreadable.ts';
import type { UsageDay, UsageEntry } from '../domain/usage.ts';

/** A day that has something, whether or not it can be read. */
export type StoredDay = UsageDay | Unreadable;

/** Counts by tenant and day; adding is atomic, whoever adds at once. */
export interface Usage {
  add(tenant: TenantId, entry: UsageEntry): Promise<void>;
  /** Days that have something, in order, both ends included. */
  days(tenant: TenantId, from: string, to: string): Promise<readonly StoredDay[]>;
}
