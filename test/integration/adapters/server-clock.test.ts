import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerClock } from '../../../lib/adapters/server-clock.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb-server.ts';

let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
beforeAll(async () => {
  server = await startDynamoDb({});
});
afterAll(() => server.close());

/** After some answers, how far a clock is from the server's, when the machine's is so far from it. */
async function differenceMs(machineMs: number): Promise<number> {
  const clock = new ServerClock(() => Date.now() + machineMs);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  clock.follow(client);
  for (let i = 0; i < 3; i += 1) await client.send(new ListTablesCommand({}));
  client.destroy();
  return clock.nowMs() - Date.now();
}

const MINUTE_MS = 60_000;

describe('a clock that follows a server', () => {
  // An answer says its second, and takes some time: it proves no more than that.
  it('stays where it is while no answer proves it wrong', async () => {
    expect(await differenceMs(0)).toBe(0);
  });

  it.each([-10 * MINUTE_MS, -2 * MINUTE_MS, 2 * MINUTE_MS, 10 * MINUTE_MS])(
    'that is %i ms from it comes close to it',
    async (machineMs) => {
      expect(Math.abs(await differenceMs(machineMs))).toBeLessThan(MINUTE_MS);
    },
  );
});
