import type { TenantId } from '../domain/ids.ts';

/** Turns a key into the tenant that it belongs to. */
export interface ApiKeys {
  /** Undefined for keys that do not exist. The key itself is never stored, only its SHA-256. */
  tenantOf(key: string): Promise<TenantId | undefined>;
  /** Makes a key and shows it this once. */
  create(tenant: TenantId): Promise<string>;
}
