import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';
import { DecodeAnswer, type DecodeRequest } from '../../lib/adapters/decode-protocol.ts';
import { eventBridgeBus } from '../../lib/adapters/eventbridge-bus.ts';
import { inProcessDecoder } from '../../lib/adapters/in-process-decoder.ts';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import { remoteDecoder } from '../../lib/adapters/remote-decoder.ts';
import { s3Addresses } from '../../lib/adapters/s3-addresses.ts';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { tenantSessions } from '../../lib/adapters/tenant-sessions.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { promptIn } from '../../lib/vision/prompt.ts';
import { parseReply } from '../../lib/vision/reply.ts';
import { fixture } from '../support/service.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** What a world has besides stores and queues, asked by the real adapters. */

const tenant = parseTenantId('acme');
const BUCKET = 'photos';
const decodeFunction = {
  logicalId: 'Decode',
  name: 'Gloss-DecodeFunction',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:Gloss-DecodeFunction',
  entry: 'functions/decode.ts',
  exportName: 'handler',
  environment: {},
  timeoutMs: 1_000,
  memoryMb: 1_024,
};
const world = bareWorld({
  buckets: [{ name: BUCKET, versioned: true, notifications: [] }],
  functions: [decodeFunction],
});

it('has a model that uses the tool, and says the same of the same picture', async () => {
  const client = attached(new BedrockRuntimeClient({ maxAttempts: 1 }), world);
  const model = bedrockVisionModel(client, { modelId: 'any', maxOutputTokens: 100 });
  const look = (picture: string) => model.look(Buffer.from(picture), promptIn('en'));
  const first = await look('one picture');
  expect(parseReply(first.reply).tags).not.toEqual([]);
  expect(first.usage.inputTokens).toBeGreaterThan(0);
  expect((await look('one picture')).reply).toEqual(first.reply);
  expect((await look('another')).reply).not.toEqual(first.reply);
  expect(world.modelCalls).toBe(3);
});

it('decodes what a signed address names, as the decoder in this process does', async () => {
  const s3 = attached(new S3Client({ maxAttempts: 1 }), world);
  const objects = {
    ...s3ObjectStore(s3, BUCKET, world.time),
    ...s3Addresses({
      bucketUrl: `https://${BUCKET}.s3.us-east-1.amazonaws.com`,
      region: 'us-east-1',
      credentials: () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' }),
      clock: world.time,
    }),
  };
  const lambda = attached(new LambdaClient({ maxAttempts: 1 }), world);
  const decode = lambdaFunction<DecodeRequest, DecodeAnswer>(lambda, decodeFunction.name, DecodeAnswer);
  const wish = { cropPolicy: 'grid-2x2' as const, maxBytes: 1e6, maxPixels: 1e6 };
  const Key = 'uploads/acme/a photo.jpg';
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: await fixture('images/rotated.jpg') }));
  const decoded = await remoteDecoder(objects, decode).decode(tenant, { key: Key }, wish);
  const expected = await inProcessDecoder(objects).decode(tenant, { key: Key }, wish);
  expect(decoded.facts).toEqual(expected.facts);
  expect(decoded.views.map(({ view }) => view)).toEqual(expected.views.map(({ view }) => view));
  const missing = remoteDecoder(objects, decode).decode(tenant, { key: 'uploads/acme/none.jpg' }, wish);
  await expect(missing).rejects.toMatchObject({ kind: 'not_found' });
  const unknown = lambdaFunction<object, DecodeAnswer>(lambda, 'Gloss-Unknown', DecodeAnswer);
  await expect(unknown.call({})).rejects.toMatchObject({ kind: 'internal' });
});

it('gives sessions that end', async () => {
  const sts = attached(new STSClient({ maxAttempts: 1 }), world);
  const session = await tenantSessions(sts, 'arn:aws:iam::000000000000:role/Tenant', world.time)(tenant)();
  expect(session.sessionToken).toContain('acme');
  expect(session.expiration.getTime()).toBeGreaterThan(world.time.nowMs());
});

it('takes events', async () => {
  const bus = eventBridgeBus(attached(new EventBridgeClient({ maxAttempts: 1 }), world), 'bus');
  await bus.publish(tenant, { id: 'news-1', atMs: world.time.nowMs(), image: {} as never });
  expect(world.bus.map((detail) => JSON.parse(detail) as unknown)).toEqual([
    { tenant: 'acme', eventId: 'news-1', image: {} },
  ]);
});
