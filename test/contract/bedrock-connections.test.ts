import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bedrock, bedrockVisionModel } from '../../functions/late/bedrock.ts';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { promptIn } from '../../lib/vision/prompt.ts';
import { QUOTA_OF_THE_DAY, startModelGate, THROTTLED, UNAVAILABLE } from '../support/model-gate.ts';

/** How the describing function speaks to Bedrock: a connection that is dead is replaced, and no call is asked often. */

/** Long for a model that answers within a second, and short for a test. */
const ANSWER_MS = 5_000;
let server: Awaited<ReturnType<typeof startBedrock>>;
let gate: Awaited<ReturnType<typeof startModelGate>>;
let client: BedrockRuntimeClient;
const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'navy' } })
  .jpeg()
  .toBuffer();

beforeAll(async () => {
  server = await startBedrock({ workers: 1 });
  gate = await startModelGate(server.endpoint);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: gate.endpoint,
  });
  client = bedrock(ANSWER_MS);
}, 600_000);
afterAll(async () => {
  client.destroy();
  await gate.close();
  await server.close();
});
beforeEach(() => {
  gate.calls = gate.connections = 0;
  gate.refuse = undefined;
});

const look = () =>
  bedrockVisionModel(client, { modelId: 'us.amazon.nova-2-lite-v1:0', maxOutputTokens: 800 }).look(
    picture,
    promptIn('en'),
  );

it('one that is alive is used again', async () => {
  await look();
  await look();
  expect(gate.calls).toBe(2);
  expect(gate.connections).toBeLessThanOrEqual(1);
});

it('one that does not answer is closed, and the call is asked on another', async () => {
  await look();
  const { connections } = gate;
  gate.refuse = (call) => (call === 2 ? 'no answer' : undefined);
  await look();
  expect(gate.calls).toBe(3);
  expect(gate.connections).toBe(connections + 1);
  await look(); // and the ones after it, too
  expect(gate.connections).toBe(connections + 1);
});

it.each([
  [THROTTLED, 'throttled', 'model_throttled'],
  [QUOTA_OF_THE_DAY, 'throttled', 'model_quota'],
  [UNAVAILABLE, 'unavailable', 'model_unavailable'],
])('a model that answers %o is asked twice', async (refusal, kind, code) => {
  gate.refuse = () => refusal;
  await expect(look()).rejects.toMatchObject({ kind, code });
  expect(gate.calls).toBe(2);
});
