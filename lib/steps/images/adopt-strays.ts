import { GlossError } from '../../domain/errors.ts';
import { imageIdOf, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import { isFromBefore, type Stray } from '../../domain/stray.ts';
import { isUnreadable, readableOnes } from '../../domain/unreadable.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Strays } from '../../ports/strays.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { livingTenant } from '../tenants/update-tenant.ts';
import { isAboveQuota } from './check-quota.ts';
import { reserveRoom, type ReserveDeps } from './reserve-room.ts';

export interface AdoptStraysDeps extends ReserveDeps {
  readonly clock: Clock;
  readonly tenants: TenantReader;
  readonly strays: Strays;
  readonly records: Pick<ImageRecords, 'get' | 'totals'>;
  readonly objects: ObjectStore;
  readonly objectTimes: ObjectTimes;
  readonly settings: { readonly maxBytes: number };
}

/** Each is read and written whole, so a request of the API has time for a few. */
const AT_ONCE = 10;

/**
 * Why a stray stays one. own_image: the tenant has an image of that name, which would be lost. deleted: a delete marker is
 * over it, and its bytes are in an older version. too_large: it has more bytes than are taken. quota: the tenant may have
 * no more images or bytes.
 */
export type AdoptionRefusal = 'own_image' | 'deleted' | 'too_large' | 'quota';

interface Adoption {
  readonly adopted: number;
  readonly refused: readonly { readonly name: string; readonly code: AdoptionRefusal }[];
  /** Where to go on; absent when none is left. */
  readonly next?: string;
}

/**
 * Gives strays to the tenant of their name: each is stored again, so that it is the tenant's from now on, and is
 * described like any upload. What was stored before is removed. What would take the place of something that the tenant
 * has is refused, and stays until its time is over.
 * @throws GlossError `not_found`; `conflict` for a tenant that is being deleted.
 */
export async function adoptStrays(
  deps: AdoptStraysDeps,
  tenant: TenantId,
  after: string | undefined,
): Promise<Adoption> {
  const account = livingTenant(await deps.tenants.get(tenant), tenant);
  const page = await deps.strays.list(tenant, { limit: AT_ONCE, ...(after !== undefined && { after }) });
  let adopted = 0;
  const refused = [];
  for (const stray of readableOnes(page.strays)) {
    const { name } = stray;
    const outcome = await adopt(deps, account, stray);
    if (outcome === 'adopted') adopted += 1;
    if (outcome === 'adopted' || outcome === 'gone') await deps.strays.remove(tenant, stray);
    else refused.push({ name, code: outcome });
  }
  return { adopted, refused, ...(page.next !== undefined && { next: page.next }) };
}

/** Gone: nothing is left of it. */
async function adopt(
  deps: AdoptStraysDeps,
  account: Tenant,
  { name, storedAtMs }: Stray,
): Promise<'adopted' | 'gone' | AdoptionRefusal> {
  const { records, objects, objectTimes, settings } = deps;
  const tenant = account.id;
  const key = uploadKey(tenant, name);
  const record = await records.get(tenant, imageIdOf(tenant, name));
  // What cannot be read may be one.
  if (record && (isUnreadable(record) || record.status !== 'removed')) return 'own_image';
  const found = await objectTimes.find(tenant, key);
  if (!found) return (await objects.hasVersions(tenant, key)) ? 'deleted' : 'gone';
  // Of the tenant's time, and newer than the stray: its event is still to come.
  const isNewer = isFromBefore(storedAtMs, { createdAtMs: found.storedAtMs });
  if (isNewer && !isFromBefore(found.storedAtMs, account)) return 'own_image';
  if (found.bytes > settings.maxBytes) return 'too_large';
  try {
    // Until the event of its new version comes, as for an invited upload.
    const imageId = imageIdOf(tenant, name);
    const room = { imageId, name, bytes: found.bytes, expiresAtMs: deps.clock.nowMs() };
    await reserveRoom(deps, tenant, account.settings.limits, () => Promise.resolve([room]));
    const { bytes, contentType = 'application/octet-stream' } = await objects.get(
      tenant,
      key,
      settings.maxBytes,
    );
    await objects.replace(tenant, key, found.eTag, bytes, contentType);
  } catch (error) {
    if (error instanceof GlossError && isAboveQuota(error)) return 'quota';
    // Something else came, or went, in the meantime.
    if (error instanceof GlossError && error.code === 'object_changed') return 'own_image';
    if (error instanceof GlossError && error.kind === 'not_found') return 'deleted';
    throw error;
  }
  await objects.removeFromBefore(tenant, key, account.createdAtMs);
  return 'adopted';
}
