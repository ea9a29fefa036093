import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemTableRequest } from '../../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { dynamoIdempotency } from '../../../lib/adapters/dynamo-idempotency.ts';
import { dynamoTokenBucket } from '../../../lib/adapters/dynamo-token-bucket.ts';
import { leasingRateLimiter } from '../../../lib/adapters/leasing-rate-limiter.ts';
import { ServerClock } from '../../../lib/adapters/server-clock.ts';
import { parseTenantId, type TenantId } from '../../../lib/domain/ids.ts';
import type { Clock } from '../../../lib/ports/runtime.ts';

/** What one instance does whose machine has another time, and another instance after it. */

let server: Awaited<ReturnType<typeof startDynamoDb>>;
const clients: DynamoDBClient[] = [];
let tenant: TenantId;
let tenants = 0;
beforeAll(async () => {
  server = await startDynamoDb({});
  await clientOf().send(itemTableRequest('table'));
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await server.close();
});
beforeEach(() => {
  tenant = parseTenantId(`clocks-${tenants++}`);
});

function clientOf(): DynamoDBClient {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  clients.push(client);
  return client;
}

const MINUTE_MS = 60_000;

/** An instance: it has read its key before it does anything else. */
async function instance(machineMs: number, followsServer = true) {
  const client = clientOf();
  const local = () => Date.now() + machineMs;
  const following = new ServerClock(local);
  following.follow(client);
  await client.send(new ListTablesCommand({}));
  const clock: Clock = followsServer ? following : { nowMs: local };
  return {
    limiter: leasingRateLimiter(dynamoTokenBucket(client, 'table', clock), clock),
    idempotency: dynamoIdempotency(client, 'table', clock),
  };
}

/** A token comes back in fifty seconds: slower than the slowest machine asks four times. */
const LIMIT = { requestsPerSec: 0.02, burst: 4 };

/** How many of four requests get through on an instance that is right, after one on an instance that is not. */
async function allowedAfter(machineMs: number, followsServer: boolean): Promise<number> {
  const wrong = await instance(machineMs, followsServer);
  const right = await instance(0);
  await wrong.limiter.take(tenant, LIMIT);
  let allowed = 0;
  for (let i = 0; i < 4; i += 1) if ((await right.limiter.take(tenant, LIMIT)).allowed) allowed += 1;
  return allowed;
}

/** In which state an instance finds a request that another one works on. */
async function stateFor(machineMs: number, otherMs: number, followsServer: boolean): Promise<string> {
  const first = await instance(machineMs, followsServer);
  const second = await instance(otherMs, followsServer);
  expect((await first.idempotency.begin(tenant, 'once', 'request')).state).toBe('begun');
  return (await second.idempotency.begin(tenant, 'once', 'request')).state;
}

describe('an instance ten minutes ahead', () => {
  it('takes one token and locks no tenant out', async () => {
    // Its clock may be a second ahead, and the last token with it.
    expect(await allowedAfter(10 * MINUTE_MS, true)).toBeGreaterThanOrEqual(2);
  });

  it('would lock it out by its own time', async () => {
    expect(await allowedAfter(10 * MINUTE_MS, false)).toBe(0);
  });

  it('runs nothing that another one works on', async () => {
    expect(await stateFor(0, 10 * MINUTE_MS, true)).toBe('running');
  });

  it('would run it twice by its own time', async () => {
    expect(await stateFor(0, 10 * MINUTE_MS, false)).toBe('begun');
  });
});

describe('an instance ten minutes behind', () => {
  it('takes one token, and no more is let through than there are', async () => {
    expect(await allowedAfter(-10 * MINUTE_MS, true)).toBeLessThanOrEqual(3);
  });

  it('has what it works on run by nobody else', async () => {
    expect(await stateFor(-10 * MINUTE_MS, 0, true)).toBe('running');
  });
});
