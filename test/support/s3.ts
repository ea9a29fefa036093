import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { startS3, type S3Options, type S3Server } from '../../infra/local/servers/s3-server.ts';
import { s3Addresses } from '../../lib/adapters/s3-addresses.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

export const REGION = 'us-east-1';
export const ACCESS_KEY_ID = 'gloss';
export const SECRET_ACCESS_KEY = 'a-secret-of-this-test-only';
export const Bucket = 'photos';

/** The S3 of the embedded stack, and the one of the worlds of test/world. */
export const S3S = ['embedded', 'world'] as const;

/** An S3 with one bucket for the tests of a file, asked by the real SDK. */
export class S3UnderTest {
  readonly records: S3EventRecord[] = [];
  /** Of the embedded one. */
  dataDir!: string;
  server!: S3Server;
  createBucket!: S3Server['createBucket'];
  client!: S3Client;

  constructor(which: (typeof S3S)[number] = 'embedded') {
    if (which === 'embedded') this.#useEmbedded();
    else this.#useWorld();
  }

  #useWorld(): void {
    const world = bareWorld();
    world.onObjectEvent = (record) => this.records.push(record);
    this.createBucket = (name, options) => {
      world.s3.createBucket(name, options);
      return Promise.resolve();
    };
    this.client = attached(connectS3('http://localhost'), world);
    beforeAll(() => this.createBucket(Bucket));
  }

  #useEmbedded(): void {
    beforeAll(async () => {
      this.dataDir = await mkdtemp(join(tmpdir(), 'gloss-s3-'));
      this.server = await startWithBucket({
        dataDir: this.dataDir,
        // Takes its time, so that requests that must wait for one another could overtake.
        onEvent: async ({ record }) => {
          await setImmediate();
          this.records.push(record);
        },
      });
      this.client = connectS3(this.server.endpoint);
      this.createBucket = this.server.createBucket.bind(this.server);
    });
    afterAll(async () => {
      this.client.destroy();
      await this.server.close();
      await rm(this.dataDir, { recursive: true });
    });
  }

  put(
    Key: string,
    Body: NonNullable<PutObjectCommandInput['Body']>,
    more: Omit<PutObjectCommandInput, 'Bucket' | 'Key' | 'Body'> = {},
  ) {
    return this.client.send(new PutObjectCommand({ ...more, Bucket, Key, Body }));
  }

  async get(Key: string, client = this.client): Promise<Buffer> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from(await Body!.transformToByteArray());
  }

  /** Signs addresses of its objects by this machine's clock. */
  addresses() {
    const accessKeys = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };
    return s3Addresses({
      bucketUrl: `${this.server.endpoint}/${Bucket}`,
      region: REGION,
      credentials: () => Promise.resolve(accessKeys),
      clock: { nowMs: () => Date.now() },
    });
  }

  recordsOf(key: string): S3EventRecord[] {
    return this.records.filter((record) => objectKeyOf(record) === key);
  }
}

export async function startWithBucket(options: Pick<S3Options, 'dataDir' | 'onEvent'>): Promise<S3Server> {
  const secretFor = (accessKeyId: string, sessionToken: string | undefined) =>
    accessKeyId === ACCESS_KEY_ID && sessionToken === undefined ? SECRET_ACCESS_KEY : undefined;
  const server = await startS3({ region: REGION, secretFor, ...options });
  await server.createBucket(Bucket);
  return server;
}

export function connectS3(endpoint: string, config: S3ClientConfig = {}): S3Client {
  const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };
  return new S3Client({ region: REGION, endpoint, credentials, maxAttempts: 1, ...config });
}

/** A folder that goes with the test. */
export async function freshDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gloss-s3-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

/** The key as the consumer of an event reads it. */
export const objectKeyOf = ({ s3: { object } }: S3EventRecord): string =>
  decodeURIComponent(object.key.replaceAll('+', ' '));

/** Sends a request as it stands: fetch sets lengths itself, and folds dots in paths. */
export async function sendHttp(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: Buffer,
) {
  const { hostname, port, origin } = new URL(url);
  const sent = request({ hostname, port, path: url.slice(origin.length), method, headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const text = Buffer.concat((await response.toArray()) as Buffer[]).toString();
  return { status: response.statusCode, headers: response.headers, text };
}
