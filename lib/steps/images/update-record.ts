import { GlossError } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Totals } from '../../domain/usage.ts';

const MAX_TURNS = 20;

/**
 * Moves an image to its next state: reads the record, asks `next` and writes what it answers; when somebody else
 * wrote in between, asks again with what is there now. `next` answers undefined to leave the record alone.
 * @param onWritten hears of the write, with the tenant's totals where it moved them
 * @returns the record as it is now
 * @throws GlossError `conflict` when others were faster twenty times
 */
export async function updateRecord(
  records: ImageRecords,
  tenant: TenantId,
  imageId: ImageId,
  next: (record: ImageRecord | undefined) => ImageRecord | undefined,
  onWritten: (totals: Totals | undefined) => void = () => undefined,
): Promise<ImageRecord | undefined> {
  // Every turn means that another writer got through; the events of one image are few.
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const record = await records.get(tenant, imageId);
    const nextRecord = next(record);
    if (!nextRecord) return record;
    const written = await records.put(tenant, nextRecord);
    if (!written) continue;
    onWritten(written.totals);
    return nextRecord;
  }
  throw new GlossError('conflict', 'image_busy', `too many writers change image ${imageId} at once`);
}
