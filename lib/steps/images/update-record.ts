import { GlossError } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Totals } from '../../domain/usage.ts';

const MAX_TURNS = 20;

/**
 * Moves an image to its next state: reads the record, calls `next`, and writes what it returns. If another
 * writer was faster, it starts again with the new record. `next` returns undefined to leave the record as it
 * is.
 * @param onWritten is called after the write, with the tenant's totals if it changed them
 * @returns the current record
 * @throws GlossError `conflict` if other writers were faster twenty times
 */
export async function updateRecord(
  records: ImageRecords,
  tenant: TenantId,
  imageId: ImageId,
  next: (record: ImageRecord | undefined) => ImageRecord | undefined,
  onWritten: (totals: Totals | undefined) => void = () => undefined,
): Promise<ImageRecord | undefined> {
  // Every round means that another writer succeeded, and the events of one image are few.
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
