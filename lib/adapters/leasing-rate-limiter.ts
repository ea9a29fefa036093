import type { TenantId } from '../domain/ids.ts';
import type { RateDecision, RateLimit, RateLimiter, TokenBucket } from '../ports/rate-limiter.ts';
import type { Clock } from '../ports/runtime.ts';
import { lruMap } from './lru-map.ts';

const MAX_TENANTS = 10_000;
/** Tokens that are not used by then are lost. */
const LEASE_MS = 1_000;
/** Of the tokens of a full bucket, or of a second where those are fewer, a lease has at most this share. */
const MAX_SHARE = 1 / 2;

/** What an instance knows of a tenant's bucket. */
interface Known {
  readonly limit: RateLimit;
  /** What the bucket said last, and when it was asked. */
  readonly said: RateDecision;
  readonly askedAtMs: number;
  /** How many tokens were taken then, of which so many are left until this time: a slow answer shortens no lease. */
  readonly leased: number;
  readonly untilMs: number;
  left: number;
}

/**
 * Takes tokens ahead where a tenant's requests come fast, so that most requests ask no store: as many as the last lease, or twice as
 * many once that was used up in time. Small buckets are asked for every request. A refusal holds until the time that it names, since
 * nothing makes a bucket full sooner. Tokens are used at most a second after they came, so a second may see those of two.
 *
 * The bucket is asked for one lease of a tenant at a time. Requests that come meanwhile wait for it and use what it brings, and the first
 * that finds none left asks for the next. They share its failure too: where the store does not answer, nobody waits for it twice.
 */
export function leasingRateLimiter(bucket: TokenBucket, clock: Clock): RateLimiter {
  const known = lruMap<TenantId, Known>(MAX_TENANTS);

  /** The question about each tenant that is under way. */
  const asking = new Map<TenantId, Promise<RateDecision>>();

  async function lease(tenant: TenantId, limit: RateLimit, wanted: number): Promise<RateDecision> {
    const askedAtMs = clock.nowMs();
    let leased = wanted;
    let said = await bucket.take(tenant, limit, leased);
    if (!said.allowed && leased > 1) {
      leased = 1;
      said = await bucket.take(tenant, limit, leased);
    }
    const untilMs = clock.nowMs() + LEASE_MS;
    known.set(tenant, { limit, said, askedAtMs, leased, untilMs, left: said.allowed ? leased - 1 : 0 });
    return decisionAt(said, 0, leased - 1);
  }

  function ask(tenant: TenantId, limit: RateLimit, wanted: number): Promise<RateDecision> {
    const answer = lease(tenant, limit, wanted).finally(() => asking.delete(tenant));
    asking.set(tenant, answer);
    return answer;
  }

  return {
    async take(tenant, limit) {
      while (asking.has(tenant)) await asking.get(tenant);
      // Nothing is awaited from here until the token is taken or the bucket asked, so no two requests have the same one.
      const last = known.get(tenant);
      if (!last || !isSame(last.limit, limit)) return ask(tenant, limit, 1);
      const nowMs = clock.nowMs();
      const agoMs = nowMs - last.askedAtMs;
      if (!last.said.allowed)
        return agoMs < last.said.nextInMs ? decisionAt(last.said, agoMs, 0) : ask(tenant, limit, 1);
      if (nowMs >= last.untilMs) return ask(tenant, limit, Math.max(1, last.leased - last.left));
      if (last.left === 0) return ask(tenant, limit, Math.min(2 * last.leased, mostOf(limit)));
      last.left -= 1;
      return decisionAt(last.said, agoMs, last.left);
    },
  };
}

const mostOf = ({ requestsPerSec, burst }: RateLimit): number =>
  Math.max(1, Math.floor(MAX_SHARE * Math.min(requestsPerSec, burst)));

const isSame = (a: RateLimit, b: RateLimit): boolean =>
  a.requestsPerSec === b.requestsPerSec && a.burst === b.burst;

/** What the bucket said so long ago, with the tokens that are left of those that were taken. */
const decisionAt = ({ allowed, ...said }: RateDecision, agoMs: number, left: number): RateDecision => ({
  allowed,
  remaining: allowed ? said.remaining + left : 0,
  fullInMs: Math.max(0, said.fullInMs - agoMs),
  nextInMs: Math.max(0, said.nextInMs - agoMs),
});
