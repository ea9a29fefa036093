import type { ImageRecord } from '../domain/image.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';
import type { ImageRecords } from '../ports/image-records.ts';

/**
 * Moves an image to its next state: reads the record, asks `next` and writes what it answers; when somebody else
 * wrote in between, asks again with what is there now. `next` answers undefined to leave the record alone.
 * @returns the record as it is now
 */
export async function updateRecord(
  records: ImageRecords,
  tenant: TenantId,
  imageId: ImageId,
  next: (record: ImageRecord | undefined) => ImageRecord | undefined,
): Promise<ImageRecord | undefined> {
  // Every turn means that another writer got through; events of one image are few, so this ends.
  for (;;) {
    const record = await records.get(tenant, imageId);
    const written = next(record);
    if (!written) return record;
    if (await records.put(tenant, written)) return written;
  }
}
