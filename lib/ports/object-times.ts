import type { TenantId } from '../domain/ids.ts';

/** What is under a key now. */
export interface FoundObject {
  /** To the second. */
  readonly storedAtMs: number;
  readonly bytes: number;
  /** Tells versions apart that were stored within a second; absent in a bucket without versions. */
  readonly versionId?: string;
  readonly eTag: string;
}

/** When objects were stored. */
export interface ObjectTimes {
  /** Undefined when there is no such object. */
  find(tenant: TenantId, key: string): Promise<FoundObject | undefined>;
}
