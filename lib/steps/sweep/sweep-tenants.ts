import type { MessageQueue } from '../../ports/message-queue.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import type { Tenants } from '../../ports/tenants.ts';

interface SweepTenantsDeps {
  readonly tenants: Tenants;
  readonly sweepQueue: MessageQueue<SweepMessage>;
}

const PAGE = 100;

/**
 * Turns a sweep of all tenants into one message for each, a page of tenants at a time. Tenants that are being
 * deleted are left to the purge.
 */
export async function sweepTenants(
  { tenants, sweepQueue }: SweepTenantsDeps,
  { task, after }: Pick<Extract<SweepMessage, { tenant?: never }>, 'task' | 'after'>,
): Promise<void> {
  const { tenants: page, next } = await tenants.list({ limit: PAGE, ...(after !== undefined && { after }) });
  const there = page.filter(({ status }) => status === 'active' || status === 'suspended');
  await sweepQueue.send(there.map(({ id }) => ({ task, tenant: id })));
  if (next !== undefined) await sweepQueue.send([{ task, after: next }]);
}
