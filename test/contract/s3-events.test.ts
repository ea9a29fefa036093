import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { S3Options } from '../../infra/local/servers/s3-server.ts';
import {
  ACCESS_KEY_ID,
  Bucket,
  connectS3,
  freshDir,
  objectKeyOf,
  REGION,
  S3UnderTest,
  SECRET_ACCESS_KEY,
  startWithBucket,
} from '../support/s3.ts';
import { firstLine, startNode, type NodeProcess } from '../support/start-node.ts';

/** Events of S3 and what a killed process leaves behind. */

const s3 = new S3UnderTest();
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

describe('events', () => {
  it('tell of puts and removals as S3 does', async () => {
    const key = 'Käse + Öl/100% 猫 & Tee (1).jpg';
    await s3.put(key, 'four');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    const [created, removed, ...more] = s3.recordsOf(key);
    expect(more).toEqual([]);
    // As in events/s3-created-odd-key.json.
    const encoded = 'K%C3%A4se+%2B+%C3%96l/100%25+%E7%8C%AB+%26+Tee+%281%29.jpg';
    const sequencer: unknown = expect.stringMatching(/^[0-9A-F]{18}$/);
    expect(created).toMatchObject({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: REGION,
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: `AWS:${ACCESS_KEY_ID}` },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      s3: {
        s3SchemaVersion: '1.0',
        bucket: { name: Bucket, arn: 'arn:aws:s3:::photos' },
        object: { key: encoded, size: 4, eTag: md5(Buffer.from('four')), sequencer },
      },
    });
    expect(new Date(created!.eventTime).toISOString()).toBe(created!.eventTime);
    expect(removed!.eventName).toBe('ObjectRemoved:Delete');
    expect(removed!.s3.object).toEqual({ key: encoded, sequencer });
    expect(removed!.s3.object.sequencer > created!.s3.object.sequencer).toBe(true);
  });

  it('come in the order of states, also when requests of one key come at once', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => s3.put('contended', `writer ${i}`)));
    const sequencers = s3.recordsOf('contended').map((record) => record.s3.object.sequencer);
    expect(sequencers).toHaveLength(12);
    expect(sequencers).toEqual([...new Set(sequencers)].sort());
    expect(s3.recordsOf('contended').at(-1)!.s3.object.eTag).toBe(md5(await s3.get('contended')));
  });

  it('are taken before the answer; a request whose event nobody takes fails, and the event comes again', async () => {
    const taken: S3EventRecord[] = [];
    let refusals = 1;
    const onEvent: S3Options['onEvent'] = ({ record }) => {
      if (refusals-- > 0) return Promise.reject(new Error('the queue is away'));
      taken.push(record);
      return Promise.resolve();
    };
    const server = await startWithBucket({ dataDir: await freshDir(), onEvent });
    const other = connectS3(server.endpoint);
    onTestFinished(async () => {
      other.destroy();
      await server.close();
    });
    const command = () => other.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', IfNoneMatch: '*' }));
    await expect(command()).rejects.toMatchObject({
      name: 'InternalError',
      $metadata: { httpStatusCode: 500 },
    });
    // The object is there, so the same request fails now; its event came all the same.
    await expect(command()).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(taken.map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Put']);
  });

  it('that nobody took come after a restart, and sequencers grow on', async () => {
    const folder = await freshDir();
    const deaf = await startWithBucket({
      dataDir: folder,
      onEvent: () => Promise.reject(new Error('the queue is away')),
    });
    const first = connectS3(deaf.endpoint);
    await expect(first.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))).rejects.toThrow('away');
    first.destroy();
    await deaf.close();

    const taken: S3EventRecord[] = [];
    const heard = Promise.withResolvers<undefined>();
    const onEvent: S3Options['onEvent'] = ({ record }) => {
      taken.push(record);
      heard.resolve(undefined);
      return Promise.resolve();
    };
    const server = await startWithBucket({ dataDir: folder, onEvent });
    const second = connectS3(server.endpoint);
    onTestFinished(async () => {
      second.destroy();
      await server.close();
    });
    await heard.promise;
    expect((await s3.get('k', second)).toString()).toBe('x');
    await second.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(taken.map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Put', 'ObjectRemoved:Delete']);
    expect(taken[1]!.s3.object.sequencer > taken[0]!.s3.object.sequencer).toBe(true);
  });
});

describe('a killed process', () => {
  async function spawnS3(folder: string): Promise<{ child: NodeProcess; client: S3Client }> {
    const script = join(import.meta.dirname, '../support/s3-child.ts');
    const child = startNode([script, join(folder, 's3'), join(folder, 'events'), SECRET_ACCESS_KEY]);
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, client: connectS3(await firstLine(child)) };
  }

  it('leaves every acknowledged object intact, and its event recorded', async () => {
    const folder = await freshDir();
    const bodies = new Map<string, Buffer>();
    const acknowledged = new Set<string>();
    const { child, client: first } = await spawnS3(folder);
    const enough = Promise.withResolvers<undefined>();

    async function putUntilKilled(writer: number): Promise<void> {
      for (let i = 0; ; i++) {
        const key = `writer ${writer}/${i}`;
        bodies.set(key, randomBytes(50_000));
        await first.send(new PutObjectCommand({ Bucket, Key: key, Body: bodies.get(key)! }));
        acknowledged.add(key);
        if (acknowledged.size === 40) enough.resolve(undefined);
      }
    }
    const writers = Promise.allSettled([0, 1, 2, 3].map(putUntilKilled));
    await enough.promise;
    child.kill('SIGKILL');
    await writers;
    first.destroy();
    // What a put leaves behind that was killed while it wrote.
    await writeFile(join(folder, 's3/objects/unfinished'), 'half of an');

    const { client: second } = await spawnS3(folder);
    const { Contents = [] } = await second.send(new ListObjectsV2Command({ Bucket }));
    const listed = Contents.map(({ Key }) => Key!);
    expect(new Set(listed).isSupersetOf(acknowledged)).toBe(true);
    for (const key of listed) expect((await s3.get(key, second)).equals(bodies.get(key)!)).toBe(true);
    expect(await readdir(join(folder, 's3/objects'))).toHaveLength(listed.length);

    const lines = (await readFile(join(folder, 'events'), 'utf8')).trimEnd().split('\n');
    const told = new Set(lines.map((line) => objectKeyOf(JSON.parse(line) as S3EventRecord)));
    expect(told.isSupersetOf(new Set(listed))).toBe(true);
    second.destroy();
  });
});
