import { uploadKey } from '../../domain/object-key.ts';
import { LOST_NAME } from '../../domain/image.ts';
import { isFromBefore } from '../../domain/stray.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { SeenObject } from '../../domain/seen-object.ts';
import type { FoundObject, ObjectTimes } from '../../ports/object-times.ts';

/** Who owns a folder, and since when: what is older there is nobody's. */
export type Owner = Pick<Tenant, 'id' | 'createdAtMs'>;

/** What a tenant has under a name now; undefined where nothing is there, an object from before the tenant, or the name is lost. */
export async function findOwn(
  objectTimes: ObjectTimes,
  owner: Owner,
  name: string,
): Promise<FoundObject | undefined> {
  if (name === LOST_NAME) return undefined;
  const found = await objectTimes.find(owner.id, uploadKey(owner.id, name));
  return found && !isFromBefore(found.storedAtMs, owner) ? found : undefined;
}

/** As records keep it. */
export const asSeen = (found: FoundObject | undefined): SeenObject | null => {
  if (!found) return null;
  const { bytes: _bytes, ...seen } = found;
  return seen;
};
