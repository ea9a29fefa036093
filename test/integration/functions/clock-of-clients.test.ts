import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it, vi } from 'vitest';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';
import { dynamoDb } from '../../../functions/shared/clients.ts';
import { clock } from '../../../functions/shared/runtime.ts';
import { startLossyProxy } from '../../support/lossy-proxy.ts';

/** Every function makes its clients here: an instance whose clock is wrong lives in the time of the store from its first answer on. */

afterEach(() => vi.unstubAllEnvs());

const TEN_MINUTES_MS = 600_000;

it('sets the clock of its instance by the answers of the store', async () => {
  const server = await startDynamoDb({});
  const proxy = await startLossyProxy(server.endpoint, { aheadMs: TEN_MINUTES_MS });
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', proxy.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
  expect(clock.nowMs() - Date.now()).toBe(0);
  const client = dynamoDb();
  await client.send(new ListTablesCommand({}));
  // An answer says its second.
  const aheadMs = clock.nowMs() - Date.now();
  expect(Math.abs(aheadMs - TEN_MINUTES_MS)).toBeLessThan(60_000);
  client.destroy();
  await proxy.close();
  await server.close();
});
