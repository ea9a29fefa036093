import { isLiving } from '../../domain/tenant.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { MergeMessage } from '../../domain/messages.ts';
import { nextRewrite } from '../../index/write/stale-deletions.ts';
import type { StartReindexDeps } from '../index/start-reindex.ts';
import { keepLanguage } from '../tenants/change-language.ts';

interface SweepPostingsDeps extends StartReindexDeps {
  readonly mergeQueue: MessageQueue<MergeMessage>;
}

/**
 * Asks the merge function to rewrite segments of a tenant whose deleted postings have waited too long, and to go on with merges
 * that were left behind; and has an index that is being made gone on with, should its worker be gone. An index in another language than
 * its tenant's is made again.
 */
export async function sweepPostings(
  deps: SweepPostingsDeps,
  tenant: TenantId,
): Promise<'to be rewritten' | 'in another language' | 'nothing to do'> {
  const { manifests, mergeQueue, reindexQueue, clock } = deps;
  const account = await deps.tenants.get(tenant);
  if (!isLiving(account)) return 'nothing to do';
  const nowMs = clock.nowMs();
  const manifest = await manifests.read(tenant);
  // Whoever made such a claim is gone, and may have taken its message along.
  if (manifest.merges.some(({ expiresAtMs }) => expiresAtMs <= nowMs))
    await mergeQueue.send([{ tenant, task: 'merge' }]);
  const { rebuild } = manifest;
  if (rebuild) await reindexQueue.send([{ tenant, rebuild: rebuild.id }]);
  if (await keepLanguage(deps, account)) return 'in another language';
  if (!nextRewrite(manifest, nowMs)) return 'nothing to do';
  await mergeQueue.send([{ tenant, task: 'rewrite' }]);
  return 'to be rewritten';
}
