import type { ImageRecord } from '../../domain/image.ts';
import type { DescribeMessage, IndexMessage } from '../../domain/messages.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { WaitingTenants } from '../../ports/waiting-images.ts';
import { BUDGET_USED_UP } from '../images/month-budget.ts';
import { isAboveQuota } from '../images/check-quota.ts';
import { describeMessage } from '../images/describe-message.ts';
import { withoutWords } from '../images/lost-words.ts';
import { describeLost } from './describe-lost.ts';
import { removeGone, type RemoveLostDeps } from './remove-lost.ts';

export interface ResumeImagesDeps extends RemoveLostDeps {
  readonly admitQueue: MessageQueue<DescribeMessage>;
  readonly bulkIndexQueue: MessageQueue<IndexMessage>;
  readonly waitingTenants: Pick<WaitingTenants, 'addName'>;
}

/** After this time the message of a step is lost, or waits behind many others, which a second one does not hold up. */
const WAITED_MS = 3_600_000;

/**
 * Sends images on that wait for a step whose message may be lost: to be described, to be indexed, or to be asked again
 * whether there is room and budget by now. Those whose words were lost before they were indexed are described again. Those whose object
 * is gone by now are removed.
 * @param page at most 100 images
 * @returns how many were sent on
 */
export async function resumeImages(
  deps: ResumeImagesDeps,
  account: Tenant,
  page: readonly ImageRecord[],
): Promise<number> {
  const tenant = account.id;
  // Where the list of those that have some was lost.
  if (page.some(({ status }) => status === 'waiting')) await deps.waitingTenants.addName(tenant);
  const endMs = deps.clock.nowMs() - WAITED_MS;
  const waiting = page.filter(({ updatedAtMs }) => updatedAtMs <= endMs);
  const described = waiting.filter(({ status }) => status === 'described');
  const lost = await withoutWords(deps.glosses, tenant, described);
  const toBeIndexed = described.filter((record) => !lost.includes(record));
  const { there } = await removeGone(
    deps,
    account,
    waiting.filter((record) => isToBeDescribed(record, endMs)),
  );
  const lostUploads = lost.filter(({ source }) => source === 'upload');
  const { there: again } = await removeGone(deps, account, lostUploads);
  const uploads = there.map(({ record: { name, sequencer }, found }) =>
    describeMessage(tenant, name, found, sequencer),
  );
  await deps.admitQueue.send(uploads);
  await deps.bulkIndexQueue.send(toBeIndexed.map(({ imageId }) => ({ tenant, imageId })));
  return uploads.length + toBeIndexed.length + (await describeLost(deps, account, again));
}

/** @param endMs until when those that wait were to wait: what should have woken them is lost */
const isToBeDescribed = ({ status, source, failure, waiting }: ImageRecord, endMs: number): boolean =>
  source === 'upload' &&
  (status === 'received' ||
    (status === 'waiting' && (waiting?.untilMs ?? 0) <= endMs) ||
    // Before pictures waited for the budget, they failed.
    (status === 'failed' && (isAboveQuota(failure) || failure?.code === BUDGET_USED_UP)));
