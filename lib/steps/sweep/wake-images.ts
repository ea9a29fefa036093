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
/** Images of a tenant and a lane at a time: three times as many as twenty workers describe until the schedule comes again. */
const WOKEN_AT_ONCE = 4_000;
/** The same while the model is still busy. */
const WOKEN_AS_TRIAL = 20;
/** Among those that are to go on next, in which one that was put off lately is looked for. */
const LOOKED_AT = 100;

/**
 * Sends images of a tenant on that have waited long enough: where the budget has room again, be it
 * that a month has begun or that the budget was raised, and where the time is up for which the model was to be left alone. An image is
 * taken off the list once its message is sent, so a worker that dies sends it twice at most, and it is described once.
 *
 * Cost of a tenant that has images that wait: two to six read units; of each image that is woken a twentieth of a read unit and a write unit.
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
    const due = lane === 'budget' ? await dueByBudget(deps, account) : await dueByTime(deps, tenant);
    const [first] = due.length > 0 ? due : await deps.waiting.list(tenant, lane, { limit: 1 });
    if (!first) continue;
    const sinceMs = Math.min(first.sinceMs, ...due.map((image) => image.sinceMs));
    oldestMs[lane] = deps.clock.nowMs() - sinceMs;
    await deps.describeQueue.send(messagesOf(tenant, due));
    await deps.waiting.remove(tenant, due);
    woken += due.length;
  }
  if (woken === 0 && Object.keys(oldestMs).length === 0) await takeOffList(deps, tenant);
  return { woken, oldestMs };
}

/** Those that have waited longest, where the budget has room. */
async function dueByBudget(
  { waiting, usage, clock }: WakeDeps,
  { id, settings }: Tenant,
): Promise<readonly WaitingImage[]> {
  const [first] = await waiting.list(id, 'budget', { limit: 1 });
  if (!first) return [];
  const usedUp = (await monthUsd(usage, id, clock.nowMs())) >= settings.limits.modelUsdPerMonth;
  return usedUp ? [] : waiting.list(id, 'budget', { limit: WOKEN_AT_ONCE });
}

/** Those whose time is up; few where others have found the model busy since the schedule came last. */
async function dueByTime({ waiting, clock }: WakeDeps, tenant: TenantId): Promise<readonly WaitingImage[]> {
  const nowMs = clock.nowMs();
  const due = await waiting.list(tenant, 'model', { limit: WOKEN_AT_ONCE, toMs: nowMs });
  if (due.length <= WOKEN_AS_TRIAL) return due;
  const next = await waiting.list(tenant, 'model', { limit: LOOKED_AT, fromMs: nowMs + 1 });
  const isBusy = [...due, ...next].some(({ parkedAtMs }) => parkedAtMs > nowMs - WAKE_EVERY_MS);
  return isBusy ? due.slice(0, WOKEN_AS_TRIAL) : due;
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
