import { afterProgress } from '../../domain/image-state.ts';
import type { ImageFailure } from '../../domain/image.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import { IndexWriter, type IndexWriterDeps } from '../index/index-writer.ts';
import type { UploadEvent } from './describe-request.ts';
import { updateRecord } from './update-record.ts';

/** What a last attempt leaves behind when its worker is killed, as for want of memory. */
export const GAVE_UP: ImageFailure = {
  code: 'gave_up',
  reason: 'describing ended every time before it was done',
  retryable: true,
};

/** Writes that an upload failed. Words of an earlier picture of this name must not answer for one that failed. */
export async function failImage(
  deps: IndexWriterDeps & { readonly records: ImageRecords },
  { tenant, imageId, sequencer }: UploadEvent,
  failure: ImageFailure,
): Promise<void> {
  const record = await updateRecord(deps.records, tenant, imageId, (stored) =>
    stored?.sequencer === sequencer &&
    (stored.status === 'received' || stored.status === 'waiting' || stored.failure?.retryable)
      ? afterProgress(stored, { status: 'failed', failure }, deps.clock.nowMs())
      : undefined,
  );
  if (record?.status === 'failed' && record.mayBeIndexed)
    await new IndexWriter(deps, tenant).delete([record]);
}
