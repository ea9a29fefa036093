import type { TenantId } from '../domain/ids.ts';

/** When objects were stored. */
export interface ObjectTimes {
  /** To the second; undefined when there is no such object. */
  storedAtMs(tenant: TenantId, key: string): Promise<number | undefined>;
  /** The same, with its size. */
  find(
    tenant: TenantId,
    key: string,
  ): Promise<{ readonly storedAtMs: number; readonly bytes: number } | undefined>;
}
