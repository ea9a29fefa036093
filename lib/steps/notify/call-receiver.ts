import { GlossError } from '../../domain/errors.ts';
import { receiverAt, withCall, withoutCall, type CallEnd, type Receiver } from '../../domain/receiver.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { signingSecrets } from '../../domain/webhook-secrets.ts';
import type { Receivers } from '../../ports/receivers.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';
import type { Webhooks } from '../../ports/webhooks.ts';
import { webhookSecretsOf } from './webhook-secrets.ts';

export interface CallDeps {
  readonly receivers: Receivers;
  readonly webhookSecrets: WebhookSecretStore;
  readonly webhooks: Webhooks;
  readonly clock: Clock;
  /** Calls of one tenant's receiver at a time, of all instances together. */
  readonly mostCalls: number;
}

interface CallOptions {
  readonly id: string;
  readonly body: string;
  readonly isTrial?: boolean;
  /** Whether the call is not needed any more; asked when the state of the receiver has been read. */
  readonly isDone?: () => Promise<boolean>;
  /** Notes that it was taken, before another call with this id may be made. */
  readonly onTaken?: () => Promise<void>;
}

type CallOutcome =
  | { readonly kind: 'taken' | 'done before' | 'never called' }
  /** The receiver has enough calls, or rests, or its secret is lost until the tenant makes another: nobody was called. */
  | { readonly kind: 'later'; readonly laterMs: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Each turn that is lost was won by another call of the same tenant. Where many want to call, most come later anyway. */
const CLAIM_TURNS = 2;
const SETTLE_TURNS = 10;

/**
 * Calls the receiver of a tenant's webhook if it has not too many calls and its circuit is closed. A call costs two write
 * units; the state of the receiver is read once.
 * @throws GlossError if the store is not available. A claimed call is free again seconds later.
 */
export async function callReceiver(
  deps: CallDeps,
  account: Tenant,
  { id, body, isTrial = false, isDone, onTaken }: CallOptions,
): Promise<CallOutcome> {
  const url = account.settings.webhookUrl;
  if (!url) return { kind: 'never called' };
  const refusal = await claim(deps, account, url, { id, isTrial, ...(isDone && { isDone }) });
  if (refusal) return refusal;
  const end = (how: CallEnd) => settle(deps, account, url, id, how);
  try {
    const secrets = signingSecrets(await webhookSecretsOf(deps.webhookSecrets, account), deps.clock.nowMs());
    await deps.webhooks.send({ url, secrets }, id, body);
  } catch (error) {
    if (!(error instanceof GlossError)) throw error;
    if (error.code === 'webhook_url') {
      await end('not made'); // trying again cannot help
      return { kind: 'never called' };
    }
    const isLost = error.code === 'webhook_secret_not_found';
    if (!isLost && error.code !== 'webhook_failed') throw error;
    // A trial that fails is no news of the receiver: whoever asks may ask often.
    await end(isLost || isTrial ? 'not made' : 'failed');
    if (isLost && !isTrial) return { kind: 'later', laterMs: deps.clock.nowMs() };
    // eslint-disable-next-line no-restricted-syntax -- our own words
    return { kind: 'failed', reason: error.message };
  }
  await onTaken?.();
  await end('taken');
  return { kind: 'taken' };
}

/** Undefined when the call may be made. */
async function claim(
  { receivers, clock, mostCalls }: CallDeps,
  { id: tenant }: Tenant,
  url: string,
  { id, isTrial, isDone }: Pick<CallOptions, 'id' | 'isTrial' | 'isDone'>,
): Promise<CallOutcome | undefined> {
  for (let turn = 0; turn < CLAIM_TURNS; turn += 1) {
    const nowMs = clock.nowMs();
    const receiver = receiverAt(url, nowMs, await receivers.get(tenant));
    const claimed = withCall(receiver, { id, nowMs, mostCalls, isTrial: isTrial === true });
    if ('laterMs' in claimed) return { kind: 'later', laterMs: claimed.laterMs };
    // After the receiver was read: whoever told it since has changed the receiver, and the claim fails.
    if (await isDone?.()) return { kind: 'done before' };
    if (await receivers.put(tenant, claimed)) return undefined;
  }
  return { kind: 'later', laterMs: clock.nowMs() };
}

async function settle(
  { receivers, clock }: CallDeps,
  { id: tenant }: Tenant,
  url: string,
  id: string,
  how: CallEnd,
): Promise<void> {
  // A call that cannot be settled ends by itself.
  for (let turn = 0; turn < SETTLE_TURNS; turn += 1) {
    const nowMs = clock.nowMs();
    const receiver: Receiver = receiverAt(url, nowMs, await receivers.get(tenant));
    if (await receivers.put(tenant, withoutCall(receiver, id, how, nowMs))) return;
  }
}
