import type { ImageId } from '../../domain/ids.ts';
import { isReadable, isUnreadable } from '../../domain/unreadable.ts';
import type { Clock } from '../../ports/runtime.ts';
import { damagedAmong, type DamageDeps } from './damaged-images.ts';
import type { Owner } from './find-own.ts';
import type { NameOccupants } from './name-occupants.ts';

export interface SendAgainDeps extends DamageDeps {
  readonly clock: Clock;
}

/** Events of objects come within seconds. What waits for longer than this behind many others is paid for twice, at worst. */
const EVENT_MS = 10 * 60_000;

/**
 * Which pictures that are there unchanged are to be sent again all the same, since that mends them: they failed for a reason that passes,
 * or their record, words or thumbnail are lost. What is under way is left alone.
 * @param there at most 100 names, with the ids that belong to them
 */
export async function toSendAgain(
  deps: SendAgainDeps,
  owner: Owner,
  occupants: NameOccupants,
  there: ReadonlyMap<string, ImageId>,
): Promise<ReadonlySet<ImageId>> {
  const again = new Set<ImageId>();
  const records = [...there].flatMap(([name, imageId]) => {
    const record = occupants.recordOf(name);
    if (isUnreadable(record)) again.add(imageId);
    return record && isReadable(record) && record.status !== 'removed' ? [record] : [];
  });
  for (const { imageId, failure } of records) if (failure?.retryable) again.add(imageId);
  const untold = [...there].filter(
    ([name]) => !occupants.recorded(name) && occupants.invited(name) === undefined,
  );
  await Promise.all(
    untold.map(async ([name, imageId]) => {
      const occupant = await occupants.of(name);
      const storedAtMs = occupant.is === 'taken' ? occupant.storedAtMs : undefined;
      if (storedAtMs !== undefined && storedAtMs + EVENT_MS <= deps.clock.nowMs()) again.add(imageId);
    }),
  );
  return again.union(await damagedAmong(deps, owner.id, records));
}
