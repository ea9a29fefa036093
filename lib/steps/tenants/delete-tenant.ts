import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ApiKeys } from '../../ports/api-keys.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { PurgeMessage } from '../../domain/messages.ts';
import { SETTLED_SEC, type Tenant } from '../../domain/tenant.ts';
import { updateTenant } from './update-tenant.ts';
import type { TenantDeps } from './create-tenant.ts';

export interface DeleteTenantDeps extends TenantDeps {
  readonly apiKeys: ApiKeys;
  readonly purgeQueue: MessageQueue<PurgeMessage>;
}

/**
 * Begins to delete a tenant. From now on nobody gets in and its keys are gone. A worker removes everything that
 * it has, at once, and again when all work in progress has ended. Deleting twice is no error, and sends again what an interrupted deletion did not.
 * @throws GlossError `not_found`.
 */
export async function deleteTenant(deps: DeleteTenantDeps, id: TenantId): Promise<Tenant> {
  const tenant = await updateTenant(deps, id, (before) =>
    before.status === 'deleted' ? before : { ...before, status: 'deleting' },
  );
  const isFinal = tenant.deletion?.final ?? false;
  if (tenant.status === 'deleted' && isFinal) return tenant;
  for (const { id: keyId } of await deps.apiKeys.list(id))
    await deps.apiKeys.revoke(id, keyId).catch((error: unknown) => {
      // It opens nothing from now on, and the purge finds what authenticates it.
      if (!(error instanceof GlossError && error.kind === 'unreadable')) throw error;
    });
  const message = { tenant: id, incarnation: tenant.incarnation };
  await deps.purgeQueue.send([{ ...message, final: false }]);
  await deps.purgeQueue.send([{ ...message, final: true }], { delaySec: SETTLED_SEC });
  return tenant;
}
