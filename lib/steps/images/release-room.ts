import { isTransient } from '../../domain/errors.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { Reservations } from '../../ports/reservations.ts';

/**
 * Ends the reservations of pictures that have arrived, and are counted among what the tenant has. Where the store is busy they end by
 * themselves, within half an hour: pictures do not wait for that.
 * @returns which of them were of few that were asked for at once; where the store is busy nobody knows, and none is named
 */
export async function releaseRoom(
  { reservations }: { readonly reservations: Pick<Reservations, 'release'> },
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<ReadonlySet<ImageId>> {
  try {
    return await reservations.release(tenant, imageIds);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return new Set();
  }
}
