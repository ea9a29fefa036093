import type { TenantId } from '../domain/ids.ts';
import type { SeenObject } from '../domain/seen-object.ts';

/** What is under a key now. */
export interface FoundObject extends SeenObject {
  readonly bytes: number;
  readonly eTag: string;
}

/** When objects were stored. */
export interface ObjectTimes {
  /** Undefined when there is no such object. */
  find(tenant: TenantId, key: string): Promise<FoundObject | undefined>;
}
