import { GlossError } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { isUnreadable, lastKnown, readable } from '../../domain/unreadable.ts';
import type { ImageRecords, RecordChange, StoredRecord } from '../../ports/image-records.ts';

const MAX_TURNS = 20;

type Change = Omit<RecordChange, 'before'> | undefined;

/**
 * The next state of a record, and what is written with it; undefined leaves the record as it is.
 * @param isLost whether the stored one cannot be read, and what is known of it stands in its place
 */
export type Next = (
  stored: ImageRecord | undefined,
  imageId: ImageId,
  isLost: boolean,
) => Change | Promise<Change>;

interface UpdateOptions {
  /** Hears of an image for which there is no room, before `next` is called again. */
  readonly onFull?: (imageId: ImageId) => unknown;
  /** Of a writer of whole states, which takes the place of what cannot be read. All others stop there. */
  readonly mends?: { readonly nowMs: number };
}

/**
 * Moves images to their next states: reads the records, calls `next` for each, and writes what it returns. Where
 * another writer was faster, or there is no room, it begins again with the new record.
 * @param imageIds at most 100, each once
 * @returns the current records
 * @throws GlossError `conflict` if other writers were faster twenty times; `unreadable` for a record that only a writer of whole
 * states can take the place of
 */
export async function updateRecords(
  records: ImageRecords,
  tenant: TenantId,
  imageIds: readonly ImageId[],
  next: Next,
  { onFull, mends }: UpdateOptions = {},
): Promise<Map<ImageId, ImageRecord>> {
  const current = new Map<ImageId, ImageRecord>();
  let left = imageIds;
  // Every round means that another writer succeeded, and the events of one image are few.
  for (let turn = 0; left.length > 0; turn += 1) {
    if (turn === MAX_TURNS)
      throw new GlossError('conflict', 'image_busy', `too many writers change image ${left[0]} at once`);
    const stored = await read(records, tenant, left);
    // What it looks at, it looks at after the record was read, which a later state would have changed.
    const known = new Map([...stored].map(([imageId, record]) => [imageId, standIn(record, mends)]));
    const wanted = await Promise.all(
      left.map(async (imageId) => next(known.get(imageId), imageId, isUnreadable(stored.get(imageId)))),
    );
    const changes: RecordChange[] = [];
    for (const [i, imageId] of left.entries()) {
      const before = stored.get(imageId);
      const change = wanted[i];
      if (change) changes.push({ ...change, before });
      else if (before) current.set(imageId, known.get(imageId)!);
    }
    const outcomes = changes.length > 0 ? await records.put(tenant, changes) : [];
    for (const [i, { after }] of changes.entries()) {
      if (outcomes[i] === 'written') current.set(after.imageId, after);
      if (outcomes[i] === 'full') onFull?.(after.imageId);
    }
    left = changes.flatMap(({ after }, i) => (outcomes[i] === 'written' ? [] : [after.imageId]));
  }
  return current;
}

/** The same for one image and a state that is written alone. @returns the current record */
export async function updateRecord(
  records: ImageRecords,
  tenant: TenantId,
  imageId: ImageId,
  next: (stored: ImageRecord | undefined) => ImageRecord | undefined,
): Promise<ImageRecord | undefined> {
  const current = await updateRecords(records, tenant, [imageId], (stored) => {
    const after = next(stored);
    return after && { after };
  });
  return current.get(imageId);
}

/** @throws GlossError `unreadable` */
const standIn = (record: StoredRecord, mends: UpdateOptions['mends']): ImageRecord =>
  isUnreadable(record) && mends ? lastKnown(record, mends.nowMs) : readable(record);

async function read(
  records: ImageRecords,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<ReadonlyMap<ImageId, StoredRecord>> {
  const [imageId, ...others] = imageIds;
  if (others.length > 0) return records.getMany(tenant, imageIds);
  const record = await records.get(tenant, imageId!);
  return new Map(record ? [[imageId!, record]] : []);
}
