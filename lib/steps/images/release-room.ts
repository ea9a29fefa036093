import { isTransient } from '../../domain/errors.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { Reservations } from '../../ports/reservations.ts';

/**
 * Ends the reservations of pictures that have arrived, and are counted among what the tenant has. Where the store is busy they end by
 * themselves, within half an hour: pictures do not wait for that.
 */
export async function releaseRoom(
  { reservations }: { readonly reservations: Pick<Reservations, 'release'> },
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<void> {
  try {
    await reservations.release(tenant, imageIds);
  } catch (error) {
    if (!isTransient(error)) throw error;
  }
}
