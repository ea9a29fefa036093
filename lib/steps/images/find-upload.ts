import { isAfterDeletion, isFromBefore } from '../../domain/stray.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { FoundUpload, UploadEvent } from './describe-request.ts';
import { asSeen, findOwn } from './find-own.ts';
import { noteStray, type NoteStrayDeps } from './note-stray.ts';

export interface FindUploadDeps extends NoteStrayDeps {
  readonly tenants: TenantReader;
  readonly objects: ObjectStore;
  readonly objectTimes: ObjectTimes;
}

interface OwnUpload<Event extends UploadEvent> {
  readonly account: Tenant;
  readonly upload: Event & FoundUpload;
}

/**
 * Whose an upload is, and what is there now: the bucket tells that, since events come late and out of order. Where nothing
 * of the tenant's is there, it is gone, and its removal has an event of its own. What comes for a tenant that is deleted is removed, as its owner asked. What comes for a tenant that
 * is not there, or came before it or after its deletion had ended, is listed as a stray and stays.
 */
export async function findUpload<Event extends UploadEvent>(
  deps: FindUploadDeps,
  upload: Event,
): Promise<OwnUpload<Event> | 'gone' | 'stray'> {
  const { tenant, key } = upload;
  const account = await deps.tenants.get(tenant);
  const { atMs: storedAtMs = deps.clock.nowMs() } = upload;
  if (!account || isFromBefore(storedAtMs, account) || isAfterDeletion(storedAtMs, account)) {
    await noteStray(deps, tenant, { tenant, name: upload.name, bytes: upload.bytes, storedAtMs });
    return 'stray';
  }
  if (account.status === 'deleting' || account.status === 'deleted') {
    const { deletion } = account;
    // What came after the end of the deletion may lie over it.
    if (deletion?.final)
      await deps.objects.removeSeen(tenant, key, { storedAtMs: deletion.provenAtMs }, account);
    else await deps.objects.removeOwn(tenant, key, account);
    return 'gone';
  }
  const object = asSeen(await findOwn(deps.objectTimes, account, upload.name));
  return object ? { account, upload: { ...upload, object } } : 'gone';
}
