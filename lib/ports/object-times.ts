import type { TenantId } from '../domain/ids.ts';

/** When objects were stored. */
export interface ObjectTimes {
  /** To the second; undefined when there is no such object. */
  storedAtMs(tenant: TenantId, key: string): Promise<number | undefined>;
}
