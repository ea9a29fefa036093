import type { ImageRecord } from '../../domain/image.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { FoundObject, ObjectTimes } from '../../ports/object-times.ts';
import { findOwn } from '../images/find-own.ts';
import { removeImages, type RemoveDeps } from '../images/remove-image.ts';
import { hasTurn } from './has-turn.ts';

interface RemoveLostDeps extends RemoveDeps {
  readonly objectTimes: ObjectTimes;
}

/** An image whose original is there. */
export interface LookedAt {
  readonly record: ImageRecord;
  readonly found: FoundObject;
}

const HOUR_MS = 3_600_000;

/**
 * Removes images whose original is gone though no event told of it. Of a page of images it looks at those whose turn it is
 * today.
 * @returns how many were removed, and the others that were looked at
 */
export async function removeLost(
  deps: RemoveLostDeps,
  account: Tenant,
  page: readonly ImageRecord[],
): Promise<{ readonly removed: number; readonly there: readonly LookedAt[] }> {
  const nowMs = deps.clock.nowMs();
  const due = page.filter((record) => hasOriginal(record, nowMs) && hasTurn(record.imageId, nowMs));
  const there = await removeGone(deps, account, due);
  return { removed: due.length - there.length, there };
}

/**
 * Looks at the originals of images, and removes those images of which none is there.
 * @returns the others, with what was found
 */
export async function removeGone(
  deps: RemoveLostDeps,
  account: Tenant,
  records: readonly ImageRecord[],
): Promise<LookedAt[]> {
  const looked = await Promise.all(
    records.map(async (record) => ({
      record,
      found: await findOwn(deps.objectTimes, account, record.name),
    })),
  );
  const gone = looked.filter(({ found }) => !found);
  if (gone.length > 0)
    await removeImages(
      deps,
      account.id,
      gone.map(({ record: { imageId, name, sequencer } }) => ({ imageId, name, sequencer, object: null })),
    );
  return looked.flatMap(({ record, found }) => (found ? [{ record, found }] : []));
}

/** Also where people's own words took the place of the model's. Those that wait for a step are looked at by resume-images.ts every day. */
const hasOriginal = ({ object, status, updatedAtMs }: ImageRecord, nowMs: number): boolean =>
  object !== null && (status === 'searchable' || status === 'failed') && updatedAtMs <= nowMs - HOUR_MS;
