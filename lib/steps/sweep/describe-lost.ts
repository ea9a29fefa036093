import { sequencerAfter } from '../../domain/ids.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import { describeMessage } from '../images/describe-message.ts';
import type { LookedAt } from './remove-lost.ts';

/**
 * Has images described again whose originals are there, and whose words are gone or cannot be read. Words that people
 * imported cannot be made again: `gloss check` names them.
 * @param there at most 100 images
 * @returns how many were sent on
 */
export async function describeLost(
  {
    glosses,
    admitQueue,
  }: { readonly glosses: Pick<Glosses, 'getMany'>; readonly admitQueue: MessageQueue<DescribeMessage> },
  { id: tenant }: Tenant,
  there: readonly LookedAt[],
): Promise<number> {
  const described = there.filter(
    ({ record: { status, source } }) => status === 'searchable' && source === 'upload',
  );
  if (described.length === 0) return 0;
  const ids = described.map(({ record }) => record.imageId);
  const words = await glosses.getMany(tenant, ids);
  const lost = described.filter(({ record }) => {
    const gloss = words.get(record.imageId);
    return !gloss || isUnreadable(gloss);
  });
  await admitQueue.send(
    lost.map(({ record: { name, sequencer }, found }) => ({
      // A state of its own, since the one that is there was described.
      ...describeMessage(tenant, name, found, sequencerAfter(sequencer, found.storedAtMs)),
      again: true,
    })),
  );
  return lost.length;
}
