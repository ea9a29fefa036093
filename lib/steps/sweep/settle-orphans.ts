import type { Gloss } from '../../domain/gloss.ts';
import type { ImageId, ImageState } from '../../domain/ids.ts';
import { parseUploadKey } from '../../domain/object-key.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isFromBefore } from '../../domain/stray.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { ObjectLists } from '../../ports/object-lists.ts';
import { findOwn } from '../images/find-own.ts';
import { removeTraces, type RemoveDeps } from '../images/remove-image.ts';
import { nameIn, restoreImports, type RestoreImportsDeps } from '../images/restore-imports.ts';
import { eachPage } from './each-page.ts';

export interface SettleOrphansDeps extends RemoveDeps, RestoreImportsDeps {
  readonly objectLists: Pick<ObjectLists, 'originals'>;
}

/** Ids of a port's call at most. */
const BATCH = 100;

interface SettledOrphans {
  /** Of which no image is left, so that their words are to go. */
  readonly over: readonly ImageState[];
  readonly restored: number;
  readonly left: number;
}

/**
 * Finds out what became of documents of the index without a record. Either their images were removed, and forgotten after a month, or their
 * records were lost. A removal takes the words along with the picture, so both are looked for. Whoever has a picture in the bucket
 * gets his record again from the sweep of originals, and keeps his words until then. Imported words have no picture: their own
 * gloss makes the record again. Whose words they are that cannot be read, or do not name their image, nobody knows: they stay.
 * @param timeIsUp before all originals are listed: then those without words of their own are left to their next turn
 */
export async function settleOrphans(
  deps: SettleOrphansDeps,
  account: Tenant,
  orphans: readonly ImageState[],
  timeIsUp: () => boolean,
): Promise<SettledOrphans> {
  const over: ImageState[] = [];
  const bare: ImageState[] = [];
  let restored = 0;
  for (const part of partsOf(orphans, BATCH)) {
    const ids = part.map(({ imageId }) => imageId);
    const glosses = await deps.glosses.getMany(account.id, ids);
    const again = await restoreImports(deps, account, glosses.values());
    restored += again.size;
    for (const orphan of part) {
      const gloss = glosses.get(orphan.imageId);
      if (!gloss) bare.push(orphan);
      else if (
        !isUnreadable(gloss) &&
        !again.has(gloss.imageId) &&
        (await isOfNothing(deps, account, gloss)) &&
        // It may have come meanwhile.
        !(await deps.records.get(account.id, orphan.imageId))
      ) {
        await removeTraces(deps, account.id, gloss, { isExact: true });
        over.push(orphan);
      }
    }
  }
  over.push(...(await withoutOriginal(deps, account, bare, timeIsUp)));
  return { over, restored, left: orphans.length - over.length - restored };
}

/** Whether words are of a picture that is gone. */
async function isOfNothing(
  { objectTimes }: SettleOrphansDeps,
  account: Tenant,
  gloss: Gloss,
): Promise<boolean> {
  const name = nameIn(account.id, gloss);
  return name !== undefined && !(await findOwn(objectTimes, account, name));
}

/** Those of which the tenant has no picture. A document does not say the name of its image, so all pictures are listed; none where there are none to look for. */
async function withoutOriginal(
  { objectLists }: SettleOrphansDeps,
  account: Tenant,
  bare: readonly ImageState[],
  timeIsUp: () => boolean,
): Promise<ImageState[]> {
  const wanted = new Map(bare.map((orphan): [ImageId, ImageState] => [orphan.imageId, orphan]));
  if (wanted.size === 0) return [];
  const unseen = await eachPage(
    undefined as string | undefined,
    (start) => objectLists.originals(account.id, start),
    ({ objects }) => {
      for (const { key, current } of objects)
        if (current && !isFromBefore(current.storedAtMs, account))
          wanted.delete(parseUploadKey(key)?.imageId as ImageId);
    },
    timeIsUp,
  );
  return unseen === undefined ? [...wanted.values()] : [];
}
