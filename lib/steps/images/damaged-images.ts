import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { withoutThumbnail } from './lost-thumbnails.ts';
import { withoutWords } from './lost-words.ts';

export interface DamageDeps {
  readonly glosses: Pick<Glosses, 'getMany'>;
  readonly objects: Pick<ObjectStore, 'isThere'>;
}

/**
 * Those images that have been described, and whose words or thumbnail are lost: describing them again mends them. Cost: two read units
 * and a request to S3 an image.
 * @param records at most 100
 */
export async function damagedAmong(
  { glosses, objects }: DamageDeps,
  tenant: TenantId,
  records: readonly ImageRecord[],
): Promise<ReadonlySet<ImageId>> {
  const damaged = await Promise.all([
    withoutWords(glosses, tenant, records),
    withoutThumbnail(objects, tenant, records),
  ]);
  return new Set(damaged.flat().map(({ imageId }) => imageId));
}
