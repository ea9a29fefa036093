import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../ports/runtime.ts';

/** A `Date` header has whole seconds: the time was in the second that begins with it. */
const HEADER_STEP_MS = 1_000;

/**
 * This machine's clock, moved as little as makes it agree with the times that AWS's answers carry (`Date`, RFC 9110). An
 * instance whose clock is wrong so lives in the same time as all others: what it writes down neither locks a
 * tenant out nor takes a living worker for a dead one.
 */
export class ServerClock implements Clock {
  readonly #localMs: () => number;
  #offsetMs = 0;

  /** @param localMs this machine's clock */
  constructor(localMs: () => number = () => Date.now()) {
    this.#localMs = localMs;
  }

  nowMs(): number {
    return this.#localMs() + this.#offsetMs;
  }

  /** Learns from every answer that a client gets. */
  follow({ middlewareStack }: Pick<DynamoDBClient, 'middlewareStack'>): void {
    middlewareStack.add(
      (next) => async (args) => {
        const sentMs = this.#localMs();
        const result = await next(args);
        this.#learn(dateOf(result.response), sentMs);
        return result;
      },
      { step: 'deserialize', name: 'serverClock' },
    );
  }

  /** The answer was written between the sending of its request and now. */
  #learn(serverMs: number, sentMs: number): void {
    if (Number.isNaN(serverMs)) return;
    const least = serverMs - this.#localMs();
    const most = serverMs + HEADER_STEP_MS - sentMs;
    this.#offsetMs = Math.min(Math.max(this.#offsetMs, least), most);
  }
}

function dateOf(response: unknown): number {
  const { headers } = (response ?? {}) as { readonly headers?: Readonly<Record<string, string>> };
  return Date.parse(headers?.['date'] ?? headers?.['Date'] ?? '');
}
