import { describe, expect, it } from 'vitest';
import { leasingRateLimiter } from '../../../lib/adapters/leasing-rate-limiter.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import type { RateLimit, TokenBucket } from '../../../lib/ports/rate-limiter.ts';

const tenant = parseTenantId('acme');

/** A bucket as dynamo-token-bucket.ts keeps it, in one number; the contract of both is in test/integration/adapters. */
function world() {
  let nowMs = 1_000_000;
  let fullAtMs = 0;
  const takes: number[] = [];
  const bucket: TokenBucket = {
    take(_, { requestsPerSec, burst }, count) {
      takes.push(count);
      const tokenMs = 1_000 / requestsPerSec;
      const next = Math.max(nowMs, fullAtMs) + count * tokenMs;
      const allowed = next <= nowMs + burst * tokenMs;
      if (allowed) fullAtMs = next;
      const fullInMs = Math.max(0, fullAtMs - nowMs);
      const nextInMs = Math.max(0, fullInMs - (burst - count) * tokenMs);
      return Promise.resolve({
        allowed,
        remaining: Math.floor(burst - fullInMs / tokenMs),
        fullInMs,
        nextInMs,
      });
    },
  };
  const clock = { nowMs: () => nowMs };
  const pass = (ms: number) => (nowMs += ms);
  return { bucket, clock, pass, takes };
}

/** So many requests, one every so many milliseconds. */
async function stream(
  { clock, bucket, pass, takes }: ReturnType<typeof world>,
  limit: RateLimit,
  { count, everyMs }: { readonly count: number; readonly everyMs: number },
) {
  const limiter = leasingRateLimiter(bucket, clock);
  const decisions = [];
  for (let i = 0; i < count; i += 1) {
    decisions.push(await limiter.take(tenant, limit));
    pass(everyMs);
  }
  return { decisions, allowed: decisions.filter(({ allowed }) => allowed).length, takes };
}

describe('a rate limiter that takes tokens ahead', () => {
  it('asks the store for one request of ten and fewer, where they come fast', async () => {
    const limit = { requestsPerSec: 100, burst: 100 };
    const { allowed, takes } = await stream(world(), limit, { count: 1_000, everyMs: 20 });
    expect(allowed).toBe(1_000);
    expect(takes.length).toBeLessThanOrEqual(100);
  });

  it('asks for each where they come slowly, and takes no more than that', async () => {
    const limit = { requestsPerSec: 100, burst: 100 };
    const { takes } = await stream(world(), limit, { count: 20, everyMs: 1_500 });
    expect(takes).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('lets exactly the burst through where the bucket is small, and asks for each', async () => {
    const { allowed, takes } = await stream(
      world(),
      { requestsPerSec: 0.01, burst: 3 },
      { count: 9, everyMs: 1 },
    );
    expect(allowed).toBe(3);
    // The fourth is refused by the bucket, the others by what it said.
    expect(takes).toEqual([1, 1, 1, 1]);
  });

  it('lets through what the limit allows, and the burst, however fast they come', async () => {
    const limit = { requestsPerSec: 20, burst: 40 };
    // 10 s of 100 requests each: the burst, and 20 a second.
    const { allowed } = await stream(world(), limit, { count: 1_000, everyMs: 10 });
    expect(allowed).toBeGreaterThan(40 + 200 - 20);
    expect(allowed).toBeLessThanOrEqual(40 + 200);
  });

  it('asks again once a refusal is over, and when the limit is another', async () => {
    const at = world();
    const limiter = leasingRateLimiter(at.bucket, at.clock);
    const small = { requestsPerSec: 1, burst: 1 };
    expect((await limiter.take(tenant, small)).allowed).toBe(true);
    const refused = await limiter.take(tenant, small);
    expect(refused).toMatchObject({ allowed: false, remaining: 0, nextInMs: 1_000 });
    at.pass(400);
    expect(await limiter.take(tenant, small)).toMatchObject({ allowed: false, nextInMs: 600 });
    expect((await limiter.take(tenant, { requestsPerSec: 10, burst: 10 })).allowed).toBe(true);
    at.pass(2_000);
    expect((await limiter.take(tenant, small)).allowed).toBe(true);
  });

  it('says how many are left, those that were taken ahead included', async () => {
    const at = world();
    const limiter = leasingRateLimiter(at.bucket, at.clock);
    const limit = { requestsPerSec: 100, burst: 100 };
    const remaining = [];
    for (let i = 0; i < 8; i += 1) remaining.push((await limiter.take(tenant, limit)).remaining);
    expect(remaining).toEqual([99, 98, 97, 96, 95, 94, 93, 92]);
  });

  it('keeps tenants apart', async () => {
    const at = world();
    const limiter = leasingRateLimiter(
      {
        take: (of, limit, count) =>
          of === tenant ? at.bucket.take(of, limit, count) : Promise.reject(new Error('asked')),
      },
      at.clock,
    );
    await limiter.take(tenant, { requestsPerSec: 100, burst: 100 });
    await expect(limiter.take(parseTenantId('bravo'), { requestsPerSec: 100, burst: 100 })).rejects.toThrow(
      'asked',
    );
  });

  it('has those that wait use what a lease brings, however long the bucket takes to answer', async () => {
    const at = world();
    const slow: TokenBucket = {
      take(of, limit, count) {
        at.pass(3_000);
        return at.bucket.take(of, limit, count);
      },
    };
    const limiter = leasingRateLimiter(slow, at.clock);
    const limit = { requestsPerSec: 100, burst: 100 };
    const taking = Array.from({ length: 7 }, () => limiter.take(tenant, limit));
    expect((await Promise.all(taking)).filter(({ allowed }) => allowed)).toHaveLength(7);
    expect(at.takes).toEqual([1, 2, 4]);
  });

  it('asks a store once that does not answer, for all that wait, and again for those that come later', async () => {
    const at = world();
    let asked = 0;
    const limiter = leasingRateLimiter(
      {
        take: (of, limit, count) =>
          asked++ === 0 ? Promise.reject(new Error('no answer')) : at.bucket.take(of, limit, count),
      },
      at.clock,
    );
    const limit = { requestsPerSec: 100, burst: 100 };
    const answers = await Promise.allSettled(Array.from({ length: 3 }, () => limiter.take(tenant, limit)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toBe(1);
    expect(await limiter.take(tenant, limit)).toMatchObject({ allowed: true, remaining: 99 });
  });
});
