import { isLiving } from '../../domain/tenant.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Manifests } from '../../ports/manifests.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { MergeMessage, ReindexMessage } from '../../domain/messages.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { nextRewrite } from '../../index/write/stale-deletions.ts';

interface SweepPostingsDeps {
  readonly tenants: TenantReader;
  readonly manifests: Manifests;
  readonly mergeQueue: MessageQueue<MergeMessage>;
  readonly reindexQueue: MessageQueue<ReindexMessage>;
  readonly clock: Clock;
}

/**
 * Asks the merge function to rewrite segments of a tenant whose deleted postings have waited too long, and to go on with merges
 * that were left behind; and has an index that is being made gone on with, should its worker be gone.
 */
export async function sweepPostings(
  { tenants, manifests, mergeQueue, reindexQueue, clock }: SweepPostingsDeps,
  tenant: TenantId,
): Promise<'to be rewritten' | 'nothing to do'> {
  const account = await tenants.get(tenant);
  if (!isLiving(account)) return 'nothing to do';
  const nowMs = clock.nowMs();
  const manifest = await manifests.read(tenant);
  // Whoever made such a claim is gone, and may have taken its message along.
  if (manifest.merges.some(({ expiresAtMs }) => expiresAtMs <= nowMs))
    await mergeQueue.send([{ tenant, task: 'merge' }]);
  const { rebuild } = manifest;
  if (rebuild) await reindexQueue.send([{ tenant, rebuild: rebuild.id }]);
  if (!nextRewrite(manifest, nowMs)) return 'nothing to do';
  await mergeQueue.send([{ tenant, task: 'rewrite' }]);
  return 'to be rewritten';
}
