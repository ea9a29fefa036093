import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostFunction } from '../../infra/local/function-host.ts';
import { startLambda } from '../../infra/local/servers/lambda-server.ts';
import { startS3 } from '../../infra/local/servers/s3-server.ts';
import { DecodeAnswer, type DecodeRequest } from '../../lib/adapters/decode-protocol.ts';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import { remoteDecoder } from '../../lib/adapters/remote-decoder.ts';
import { s3Addresses } from '../../lib/adapters/s3-addresses.ts';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { Clock } from '../../lib/ports/runtime.ts';
import { fixture } from '../support/service.ts';
import { ACCESS_KEY_ID, connectS3, REGION, SECRET_ACCESS_KEY } from '../support/s3.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** Pictures of S3 decoded by another function: the real one on embedded servers, and what a world has in its place. */

const tenant = parseTenantId('acme');
const Bucket = 'pictures';
const NAME = 'Gloss-DecodeFunction';
const HOUR_MS = 3_600_000;
const wish = { cropPolicy: 'grid-2x2' as const, maxBytes: 1e6, maxPixels: 1e6 };

interface Place {
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly bucketUrl: string;
  readonly clock: Clock;
  close(): Promise<void>;
}

const connectLambda = (endpoint: string) =>
  new LambdaClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });

async function openEmbedded(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gloss-decode-'));
  const server = await startS3({
    dataDir,
    region: REGION,
    secretFor: (accessKeyId) => (accessKeyId === ACCESS_KEY_ID ? SECRET_ACCESS_KEY : undefined),
    onEvent: () => Promise.resolve(),
  });
  await server.createBucket(Bucket, { versioned: true });
  const host = hostFunction({
    name: NAME,
    entryPath: join(import.meta.dirname, '../../functions/decode.ts'),
    exportName: 'handler',
    environment: {
      PATH: process.env.PATH ?? '',
      PICTURE_ORIGIN: server.endpoint,
      DECODE_CPU_SECONDS: '60',
      DECODE_MEMORY_MB: '2600',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    },
    // However busy the machine is.
    timeoutMs: HOUR_MS,
    memoryMb: 512,
    maxConcurrency: 1,
    maxWaiting: 10,
    log: () => undefined,
  });
  const called = await startLambda({
    functionNamed: (name) => (name === NAME ? { arn: '', invoke: (event) => host.invoke(event) } : undefined),
  });
  const [s3, lambda] = [connectS3(server.endpoint), connectLambda(called.endpoint)];
  return {
    s3,
    lambda,
    bucketUrl: `${server.endpoint}/${Bucket}`,
    clock: { nowMs: () => Date.now() },
    async close() {
      s3.destroy();
      lambda.destroy();
      await called.close();
      await host.close();
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function openWorld(): Promise<Place> {
  const origin = `https://${Bucket}.s3.us-east-1.amazonaws.com`;
  const world = bareWorld({
    buckets: [{ name: Bucket, versioned: true, notifications: [] }],
    functions: [
      {
        logicalId: 'Decode',
        name: NAME,
        arn: '',
        entry: 'functions/decode.ts',
        exportName: 'handler',
        environment: { PICTURE_ORIGIN: origin },
        timeoutMs: 1_000,
        memoryMb: 1_024,
      },
    ],
  });
  const [s3, lambda] = [connectS3('http://localhost'), connectLambda('http://localhost')];
  return Promise.resolve({
    s3: attached(s3, world),
    lambda: attached(lambda, world),
    bucketUrl: origin,
    clock: world.time,
    close() {
      s3.destroy();
      lambda.destroy();
      return Promise.resolve();
    },
  });
}

describe.each([
  ['the function on embedded servers', openEmbedded],
  ['the function of a world', openWorld],
])('%s', (_name, open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.close());

  async function put(name: string, Body: Uint8Array, ContentType = 'image/jpeg') {
    const key = `uploads/acme/${name}`;
    const { VersionId } = await place.s3.send(new PutObjectCommand({ Bucket, Key: key, Body, ContentType }));
    return { key, versionId: VersionId! };
  }

  /** @param signedMs in ms from now */
  function decode(where: { readonly key: string; readonly versionId?: string }, more = {}, signedMs = 0) {
    const { s3, lambda, bucketUrl, clock } = place;
    const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };
    const objects = {
      ...s3ObjectStore(s3, Bucket, clock),
      ...s3Addresses({
        bucketUrl,
        region: REGION,
        credentials: () => Promise.resolve(credentials),
        clock: { nowMs: () => clock.nowMs() + signedMs },
      }),
    };
    const call = lambdaFunction<DecodeRequest, DecodeAnswer>(lambda, NAME, DecodeAnswer);
    return remoteDecoder(objects, call).decode(tenant, where, { ...wish, ...more });
  }

  it('makes upright views of a picture and says what its file is', async () => {
    const file = await fixture('images/rotated.jpg');
    const { facts, views, written, sha256 } = await decode(await put('a photo.jpg', file));
    expect(facts).toEqual({ format: 'jpeg', widthPx: 40, heightPx: 60 });
    expect(views.map(({ view }) => view)).toEqual([
      { index: 0, kind: 'whole', box: { left: 0, top: 0, width: 40, height: 60 } },
    ]);
    expect(await sharp(views[0]!.picture).metadata()).toMatchObject({
      format: 'jpeg',
      width: 40,
      height: 60,
    });
    expect(written).toEqual({});
    expect(sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('says what was written into the file', async () => {
    const file = await sharp(await fixture('images/rotated.jpg'))
      .withExif({ IFD0: { ImageDescription: 'a ferry at noon' } })
      .toBuffer();
    expect((await decode(await put('written.jpg', file))).written).toEqual({
      description: 'a ferry at noon',
    });
  });

  it('decodes the version that is asked for', async () => {
    const before = await put('twice.jpg', await fixture('images/rotated.jpg'));
    const after = await put('twice.jpg', await fixture('images/small.webp'), 'image/webp');
    expect((await decode(before)).facts.format).toBe('jpeg');
    expect((await decode(after)).facts).toEqual({ format: 'webp', widthPx: 160, heightPx: 120 });
    expect((await decode({ key: before.key })).facts.format).toBe('webp');
  });

  it('says of an object or a version that is gone that it is not there', async () => {
    await expect(decode({ key: 'uploads/acme/none.jpg' })).rejects.toMatchObject({
      kind: 'not_found',
      code: 'object_not_found',
    });
    const { key, versionId } = await put('gone.jpg', await fixture('images/rotated.jpg'));
    await place.s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: versionId }));
    await expect(decode({ key, versionId })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it.each([
    ['images/not-an-image.jpg', {}, 'image/jpeg', 'unsupported', 'not_a_picture'],
    ['images/external-reference.svg', {}, 'image/svg+xml', 'unsupported', 'format_not_read'],
    ['images/rotated.jpg', {}, 'text/html', 'unsupported', 'not_a_picture'],
    ['images/empty.jpg', {}, 'image/jpeg', 'unsupported', 'empty_file'],
    ['images/truncated.jpg', {}, 'image/jpeg', 'corrupt', 'unreadable'],
    ['images/huge-dimensions.png', {}, 'image/png', 'too_large', 'too_many_pixels'],
    ['images/rotated.jpg', { maxPixels: 2_399 }, 'image/jpeg', 'too_large', 'too_many_pixels'],
    ['images/rotated.jpg', { maxBytes: 100 }, 'image/jpeg', 'too_large', 'too_many_bytes'],
  ])('refuses %s with %o as %s: %s, %s', async (name, more, type, kind, code) => {
    const where = await put('refused', await fixture(name), type);
    await expect(decode(where, more)).rejects.toMatchObject({ kind, code });
  });

  it('reads nothing by an address that is old', async () => {
    const where = await put('old.jpg', await fixture('images/rotated.jpg'));
    await expect(decode(where, {}, -HOUR_MS)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'objects_unavailable',
    });
  });
});
