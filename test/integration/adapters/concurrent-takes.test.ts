import { beforeEach, expect, it } from 'vitest';
import { dynamoTokenBucket } from '../../../lib/adapters/dynamo-token-bucket.ts';
import { leasingRateLimiter } from '../../../lib/adapters/leasing-rate-limiter.ts';
import { parseTenantId, type TenantId } from '../../../lib/domain/ids.ts';
import type { RateLimit, RateLimiter } from '../../../lib/ports/rate-limiter.ts';
import { useDynamoTable } from '../../support/dynamo-table.ts';

/** Requests of one tenant that an instance has at once, such as the calls of a batch. The clock stands still, so no token comes back. */

const clock = { nowMs: () => 1_000_000_000 };
const LIMIT: RateLimit = { requestsPerSec: 20, burst: 200 };

const table = useDynamoTable();
let tenant: TenantId;
let tenants = 0;
beforeEach(() => {
  tenant = parseTenantId(`batches-${tenants++}`);
});

const bucket = () => dynamoTokenBucket(table.client, 'table', clock);
const instance = (): RateLimiter => leasingRateLimiter(bucket(), clock);

/** How many of so many requests at once get through. */
async function allowedOf(count: number, limiter: RateLimiter, limit = LIMIT): Promise<number> {
  const decisions = await Promise.all(Array.from({ length: count }, () => limiter.take(tenant, limit)));
  return decisions.filter(({ allowed }) => allowed).length;
}

/** An instance that has taken 1, 2, 4, 8 and 10 tokens ahead and used them all, so that it takes ten next. */
async function busyInstance(): Promise<RateLimiter> {
  const limiter = instance();
  for (let i = 0; i < 25; i += 1) await limiter.take(tenant, LIMIT);
  return limiter;
}

/** How many tokens the bucket has, beside the one that asking takes. */
const leftBeside = async (): Promise<number> => (await bucket().take(tenant, LIMIT, 1)).remaining;

it('lets a batch through that the bucket has tokens for', async () => {
  expect(await allowedOf(100, await busyInstance())).toBe(100);
  expect(await leftBeside()).toBe(200 - 25 - 100 - 1);
});

it('takes as many tokens as are used, and the rest of one lease', async () => {
  expect(await allowedOf(24, await busyInstance())).toBe(24);
  expect(await leftBeside()).toBe(200 - 25 - 30 - 1);
});

it('refuses only where the bucket is empty, and uses all that was in it', async () => {
  const limiter = await busyInstance();
  expect(await allowedOf(100, limiter)).toBe(100);
  expect(await allowedOf(100, limiter)).toBe(75);
  expect(await bucket().take(tenant, LIMIT, 1)).toMatchObject({ allowed: false, remaining: 0 });
});

it('lets exactly the burst through where two instances have a batch each', async () => {
  const [one, other] = await Promise.all([allowedOf(150, instance()), allowedOf(150, instance())]);
  expect(one + other).toBe(200);
});

it('lets exactly the burst through where the bucket is small', async () => {
  expect(await allowedOf(9, instance(), { requestsPerSec: 0.01, burst: 3 })).toBe(3);
});

it('keeps the tokens of tenants apart', async () => {
  const limiter = instance();
  const other = parseTenantId(`${tenant}-other`);
  const [mine, theirs] = await Promise.all([allowedOf(200, limiter), limiter.take(other, LIMIT)]);
  expect(mine).toBe(200);
  expect(theirs).toMatchObject({ allowed: true, remaining: 199 });
});
