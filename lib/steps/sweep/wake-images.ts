import type { TenantId } from '../../domain/ids.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import { isLiving, type Tenant } from '../../domain/tenant.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { Usage } from '../../ports/usage.ts';
import {
  WAIT_LANES,
  type WaitingImage,
  type WaitingImages,
  type WaitingTenants,
  type WaitLane,
} from '../../ports/waiting-images.ts';
import { describeMessage } from '../images/describe-message.ts';
import { monthUsd } from '../images/month-budget.ts';

interface WakeDeps {
  readonly tenants: TenantReader;
  readonly usage: Usage;
  readonly waiting: WaitingImages;
  readonly waitingTenants: Pick<WaitingTenants, 'addName' | 'removeName'>;
  readonly describeQueue: MessageQueue<DescribeMessage>;
  readonly clock: Clock;
}

interface Woken {
  readonly woken: number;
  /** How long the image that waits longest has waited, by what it waits for; absent where none does. */
  readonly oldestMs: Readonly<Partial<Record<WaitLane, number>>>;
}

/** As often as the schedule comes (infra/housekeeping.ts). */
export const WAKE_EVERY_MS = 300_000;
/** Images of a tenant and a lane at a time: as many as the describing function takes until the schedule comes again. */
const WOKEN_AT_ONCE = 1_000;
/** The same while the model is still busy. */
const WOKEN_AS_TRIAL = 20;

/**
 * Sends images of a tenant on that have waited long enough, those first that have waited longest: where the budget has room again, be it
 * that a month has begun or that the budget was raised, and where the time is up for which the model was to be left alone. An image is
 * taken off the list once its message is sent, so a worker that dies sends it twice at most, and it is described once.
 *
 * Cost of a tenant that has images that wait: two to six read units; of each image that is woken a quarter of a read unit and a write unit.
 */
export async function wakeImages(deps: WakeDeps, tenant: TenantId): Promise<Woken> {
  const account = await deps.tenants.get(tenant);
  // What is deleted takes its list along.
  if (!isLiving(account)) {
    await deps.waitingTenants.removeName(tenant);
    return { woken: 0, oldestMs: {} };
  }
  const oldestMs: Partial<Record<WaitLane, number>> = {};
  let woken = 0;
  for (const lane of WAIT_LANES) {
    const listed = await deps.waiting.list(tenant, lane, { limit: WOKEN_AT_ONCE });
    if (listed.length === 0) continue;
    const nowMs = deps.clock.nowMs();
    oldestMs[lane] = nowMs - listed[0]!.sinceMs;
    const due = await dueIn(deps, account, lane, listed);
    await deps.describeQueue.send(messagesOf(tenant, due));
    await deps.waiting.remove(tenant, due);
    woken += due.length;
  }
  if (woken === 0 && Object.keys(oldestMs).length === 0) await takeOffList(deps, tenant);
  return { woken, oldestMs };
}

async function dueIn(
  deps: WakeDeps,
  { id, settings }: Tenant,
  lane: WaitLane,
  listed: readonly WaitingImage[],
): Promise<readonly WaitingImage[]> {
  const nowMs = deps.clock.nowMs();
  if (lane === 'budget')
    return (await monthUsd(deps.usage, id, nowMs)) < settings.limits.modelUsdPerMonth ? listed : [];
  const due = listed.filter(({ untilMs }) => untilMs <= nowMs);
  if (due.length <= WOKEN_AS_TRIAL) return due;
  const [newest] = await deps.waiting.list(id, lane, { limit: 1, newestFirst: true });
  const isBusy = [...listed, newest].some((image) => image && image.parkedAtMs > nowMs - WAKE_EVERY_MS);
  return due.slice(0, isBusy ? WOKEN_AS_TRIAL : WOKEN_AT_ONCE);
}

/** An image that is listed twice is sent once. */
const messagesOf = (tenant: TenantId, images: readonly WaitingImage[]): DescribeMessage[] => [
  ...new Map(
    images.map((image) => [
      image.imageId,
      { ...describeMessage(tenant, image.name, image, image.sequencer), woken: true as const },
    ]),
  ).values(),
];

/** Whoever has an image wait lists it before its tenant: it is found here, or its tenant is listed after this. */
async function takeOffList({ waiting, waitingTenants }: WakeDeps, tenant: TenantId): Promise<void> {
  await waitingTenants.removeName(tenant);
  for (const lane of WAIT_LANES) {
    const left = await waiting.list(tenant, lane, { limit: 1, consistent: true });
    if (left.length > 0) {
      await waitingTenants.addName(tenant);
      return;
    }
  }
}
