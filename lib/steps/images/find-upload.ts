import { isAfterDeletion, isFromBefore } from '../../domain/stray.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { UploadEvent } from './describe-request.ts';
import { noteStray, type NoteStrayDeps } from './note-stray.ts';

export interface FindUploadDeps extends NoteStrayDeps {
  readonly tenants: TenantReader;
  readonly objects: ObjectStore;
  readonly objectTimes: ObjectTimes;
}

interface FoundUpload {
  readonly account: Tenant;
  /** Of the object that is there now; undefined where none is, and in a bucket without versions. */
  readonly versionId: string | undefined;
  /** That nothing is under its key now. */
  readonly isGone: boolean;
}

/**
 * Whose an upload is. What comes for a tenant that is deleted is removed, as its owner asked. What comes for a tenant that
 * is not there, or came before it or after its deletion had ended, is listed as a stray and stays.
 */
export async function findUpload(
  deps: FindUploadDeps,
  upload: UploadEvent,
): Promise<FoundUpload | 'gone' | 'stray'> {
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
  const current = await deps.objectTimes.find(tenant, key);
  // The tenant's own is gone, and what it had covered is there again.
  if (current && isFromBefore(current.storedAtMs, account)) return 'gone';
  return { account, versionId: current?.versionId, isGone: current === undefined };
}
