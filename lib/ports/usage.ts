import type { TenantId } from '../domain/ids.ts';
import type { UsageDay, UsageEntry } from '../domain/usage.ts';

/** Counts by tenant and day; adding is atomic, whoever adds at once. */
export interface Usage {
  add(tenant: TenantId, entry: UsageEntry): Promise<void>;
  /** Days that have something, in order, both ends included. */
  days(tenant: TenantId, from: string, to: string): Promise<readonly UsageDay[]>;
}
