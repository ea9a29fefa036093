import { GlossError } from '../../domain/errors.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { FoundObject, ObjectTimes } from '../../ports/object-times.ts';
import { findOwn, type Owner } from '../images/find-own.ts';

export interface LookAtOriginalsDeps {
  readonly objectTimes: ObjectTimes;
  /** Hears of each original that S3 refuses, so that somebody is told. */
  readonly noteRefused: (tenant: TenantId, imageId: ImageId) => void;
}

/** An image, and the original that is there under its name. */
export interface LookedAt<Found = FoundObject> {
  readonly record: ImageRecord;
  readonly found: Found;
}

/** Looks for the originals of images. Those that S3 refuses are noted and left out, so that they hold up no others. */
export async function lookAtOriginals(
  { objectTimes, noteRefused }: LookAtOriginalsDeps,
  owner: Owner,
  records: readonly ImageRecord[],
): Promise<LookedAt<FoundObject | undefined>[]> {
  const looked = await Promise.all(
    records.map(async (record) => {
      try {
        return { record, found: await findOwn(objectTimes, owner, record.name) };
      } catch (error) {
        if (!(error instanceof GlossError && error.code === 'objects_refused')) throw error;
        noteRefused(owner.id, record.imageId);
        return undefined;
      }
    }),
  );
  return looked.filter((one) => one !== undefined);
}
