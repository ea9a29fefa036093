import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

interface ResolveOptions {
  readonly deadlineMs: number;
  /** Aborted at the deadline: nothing goes on after it. */
  readonly signal: AbortSignal;
  /** Name servers in the place of the system's, as `address:port`, for tests. */
  readonly servers?: readonly string[];
}

const LOCAL: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** A second try waits twice as long: both end within three quarters of the deadline. */
const TRIES = 2;
const FIRST_TRY = 1 / 4;

/**
 * The addresses of a host, those of IPv4 first; of an alias those that it leads to. Each call asks name servers by itself:
 * `dns.lookup` runs in the few threads that all calls of a process share, and cannot be stopped.
 * @throws AggregateError if it has none
 */
export async function resolveName(
  host: string,
  { deadlineMs, signal, servers }: ResolveOptions,
): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  if (host === 'localhost' || host.endsWith('.localhost')) return LOCAL; // RFC 6761, 6.3
  const resolver = new Resolver({ timeout: Math.ceil(deadlineMs * FIRST_TRY), tries: TRIES });
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = answers.flatMap((answer, i) =>
      answer.status === 'fulfilled'
        ? answer.value.map((address) => ({ address, family: i === 0 ? 4 : 6 }))
        : [],
    );
    if (found.length > 0) return found;
    throw new AggregateError(
      answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : [])),
      'no address',
    );
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
