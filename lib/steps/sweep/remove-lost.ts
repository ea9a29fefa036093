import type { ImageRecord } from '../../domain/image.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { removeImages, type RemoveDeps } from '../images/remove-image.ts';
import { hasTurn } from './has-turn.ts';
import { lookAtOriginals, type LookAtOriginalsDeps, type LookedAt } from './look-at-originals.ts';

export type RemoveLostDeps = RemoveDeps & LookAtOriginalsDeps;

export interface Looked {
  readonly removed: number;
  /** Those whose originals are there. */
  readonly there: readonly LookedAt[];
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
): Promise<Looked> {
  const nowMs = deps.clock.nowMs();
  const due = page.filter((record) => hasOriginal(record, nowMs) && hasTurn(record.imageId, nowMs));
  return removeGone(deps, account, due);
}

/** Looks at the originals of images, and removes those images of which none is there. */
export async function removeGone(
  deps: RemoveLostDeps,
  account: Tenant,
  records: readonly ImageRecord[],
): Promise<Looked> {
  const looked = await lookAtOriginals(deps, account, records);
  const gone = looked.filter(({ found }) => !found);
  if (gone.length > 0)
    await removeImages(
      deps,
      account.id,
      gone.map(({ record: { imageId, name, sequencer } }) => ({ imageId, name, sequencer, object: null })),
    );
  const there = looked.flatMap(({ record, found }) => (found ? [{ record, found }] : []));
  return { removed: gone.length, there };
}

/** Also where people's own words took the place of the model's. Those that wait for a step are looked at by resume-images.ts every day. */
const hasOriginal = ({ object, status, updatedAtMs }: ImageRecord, nowMs: number): boolean =>
  object !== null &&
  (status === 'searchable' || status === 'failed' || status === 'waiting') &&
  updatedAtMs <= nowMs - HOUR_MS;
