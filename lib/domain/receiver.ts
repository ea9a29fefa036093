import { createHash } from 'node:crypto';

/** A call that is under way, or whose caller has died. */
interface Call {
  readonly id: string;
  /** No caller lives longer. */
  readonly endsAtMs: number;
}

/** What is known of the receiver of a tenant's webhook: the calls under way, and a circuit breaker. */
export interface Receiver {
  /** Of which address; at another one all begins anew. */
  readonly address: string;
  readonly calls: readonly Call[];
  /** Since the last call that was taken. */
  readonly failures: number;
  /** The circuit is open until then: nobody is called. */
  readonly restsUntilMs: number;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
}

export type CallEnd = 'taken' | 'failed' | 'not made';

/** Longer than a call and what is written after it take. */
const CALL_LIVES_MS = 15_000;
/** Failures in a row that open the circuit. From there on one call at a time tries whether the receiver is well again. */
const FAILURES_TO_OPEN = 5;
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 15 * 60_000;

/** A receiver of which nothing is known. */
export const newReceiver = (address: string, revision: number): Receiver => ({
  address,
  calls: [],
  failures: 0,
  restsUntilMs: 0,
  revision,
});

/** What is known of the receiver at an address, as far as it is still true. */
export function receiverAt(url: string, nowMs: number, stored: Receiver | undefined): Receiver {
  const address = createHash('sha256').update(url).digest('hex').slice(0, 16);
  const calls = (stored?.calls ?? []).filter(({ endsAtMs }) => endsAtMs > nowMs);
  const revision = stored?.revision ?? 0;
  if (stored?.address === address) return { ...stored, calls };
  // Calls of the address before count: a tenant that changes it often has no more of them.
  return { ...newReceiver(address, revision), calls };
}

interface Wish {
  readonly id: string;
  readonly nowMs: number;
  readonly mostCalls: number;
  /** Made by somebody who wants to know whether the receiver is well: an open circuit does not hinder it. */
  readonly isTrial?: boolean;
}

/** The receiver with one more call under way; or the time from which on that may be possible. */
export function withCall(
  receiver: Receiver,
  { id, nowMs, mostCalls, isTrial = false }: Wish,
): Receiver | { readonly laterMs: number } {
  const { calls, failures, restsUntilMs } = receiver;
  if (restsUntilMs > nowMs && !isTrial) return { laterMs: restsUntilMs };
  const most = failures >= FAILURES_TO_OPEN && !isTrial ? 1 : mostCalls;
  if (calls.length >= most || calls.some((call) => call.id === id)) return { laterMs: nowMs };
  return {
    ...receiver,
    calls: [...calls, { id, endsAtMs: nowMs + CALL_LIVES_MS }],
    revision: receiver.revision + 1,
  };
}

/** The receiver when a call has ended. */
export function withoutCall(receiver: Receiver, id: string, end: CallEnd, nowMs: number): Receiver {
  const ended: Receiver = {
    ...receiver,
    calls: receiver.calls.filter((call) => call.id !== id),
    revision: receiver.revision + 1,
  };
  if (end === 'taken') return { ...ended, failures: 0, restsUntilMs: 0 };
  // Calls that were under way when the circuit opened say nothing new.
  if (end === 'not made' || receiver.restsUntilMs > nowMs) return ended;
  const failures = receiver.failures + 1;
  const openings = failures - FAILURES_TO_OPEN;
  if (openings < 0) return { ...ended, failures };
  return {
    ...ended,
    failures,
    restsUntilMs: nowMs + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** openings),
  };
}
