import { isLiving } from '../../domain/tenant.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { indexFirstGlosses, type IndexGlossesDeps } from './index-glosses.ts';

interface IndexForTenantDeps extends IndexGlossesDeps {
  readonly tenants: TenantReader;
  readonly bulkIndexQueue: MessageQueue<IndexMessage>;
}

/**
 * Indexes images in the language of their tenant, as many as one commit may add. The others are sent again, as a load: they wait
 * behind those of other tenants, and stand before nobody's single images. Does nothing for a deleted tenant.
 */
export async function indexForTenant(
  deps: IndexForTenantDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<{ added: number }> {
  const account = await deps.tenants.get(tenant);
  if (!isLiving(account)) return { added: 0 };
  const { language } = account.settings;
  const { added, left } = await indexFirstGlosses({ ...deps, language }, tenant, imageIds);
  await deps.bulkIndexQueue.send(left.map((imageId) => ({ tenant, imageId })));
  return { added };
}
