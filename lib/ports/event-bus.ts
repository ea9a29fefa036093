import type { ImageEvent } from '../domain/image-event.ts';
import type { TenantId } from '../domain/ids.ts';

/** Where the operator of a deployment hears of the images of all tenants. */
export interface EventBus {
  /** At least once. @throws GlossError `unavailable` when the bus does not take it. */
  publish(tenant: TenantId, event: ImageEvent): Promise<void>;
}
