import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import { thumbnailKey } from '../../domain/object-key.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

/** Those uploads that are searchable, and whose thumbnail is not there. Cost: a request to S3 for each. */
export async function withoutThumbnail(
  objects: Pick<ObjectStore, 'isThere'>,
  tenant: TenantId,
  records: readonly ImageRecord[],
): Promise<ImageRecord[]> {
  const shown = records.filter(({ status, source }) => status === 'searchable' && source === 'upload');
  const areThere = await Promise.all(
    shown.map(({ imageId, thumbnailsOf }) =>
      objects.isThere(tenant, thumbnailKey(tenant, imageId, thumbnailsOf)),
    ),
  );
  return shown.filter((_, i) => !areThere[i]);
}
