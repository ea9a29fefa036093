import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { progressiveJpeg } from '../hostile/pictures/jpeg-parts.ts';
import { eventually } from '../support/eventually.ts';
import { postForm } from '../support/post-form.ts';
import { descendantsOf, stillRunning } from '../support/processes.ts';
import { firstLine, kill, runNode, startNode, type NodeProcess } from '../support/start-node.ts';

const SAMPLES = join(import.meta.dirname, '../fixtures/samples');
const PHOTOS = ['chelsea.jpg', 'still-life.jpg', 'friends.jpg'];
const dataDir = mkdtempSync(join(tmpdir(), 'gloss-stack-'));

interface Places {
  readonly endpoints: Readonly<Record<string, string>>;
}

let child: NodeProcess;
let apiUrl: string;
let key: string | undefined;
let ids: string[];

async function start(): Promise<void> {
  child = startNode([join(import.meta.dirname, 'run-local-stack.ts'), dataDir]);
  const told = JSON.parse(await firstLine(child)) as { apiUrl: string; environment: unknown };
  ({ apiUrl } = told);
  key ??= await makeTenantKey(embeddedTenants(told.environment), parseTenantId('demo'));
}

const stop = (signal: 'SIGTERM' | 'SIGKILL') => kill(child, signal);

async function ask<T>(
  path: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<T> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${key!}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const photo = (name: string): Buffer => readFileSync(join(SAMPLES, name));

async function upload(names: readonly string[], bytesOf = photo): Promise<string[]> {
  const files = names.map((name) => ({ name, bytes: bytesOf(name).length, contentType: 'image/jpeg' }));
  interface Invitation {
    id: string;
    name: string;
    url: string;
    fields: Record<string, string>;
  }
  const { uploads } = await ask<{ uploads: Invitation[] }>('/v1/uploads', { files });
  await Promise.all(
    uploads.map(async ({ name, ...target }) => {
      const response = await postForm(target, new Uint8Array(bytesOf(name)));
      expect([response.status, await response.text()]).toEqual([204, '']);
    }),
  );
  return uploads.map(({ id }) => id);
}

const namesOf = async (query: string) => {
  const { hits } = await ask<{ hits: { name: string }[] }>(`/v1/search?q=${encodeURIComponent(query)}`);
  return hits.map(({ name }) => name);
};

beforeAll(start);

afterAll(async () => {
  await stop('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

test('what was uploaded before a kill -9 is searchable after the next start, each photo once', async () => {
  ids = await upload(PHOTOS);
  const children = descendantsOf(child.pid!);
  expect(children.length).toBeGreaterThan(1);
  const places = () => (JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8')) as Places).endpoints;
  const { bedrock: _, ...before } = places();
  await stop('SIGKILL');
  await eventually(() => expect(stillRunning(children)).toEqual([]));

  await start();
  // What was told of an address holds.
  expect(places()).toMatchObject(before);
  await eventually(async () => {
    const { images } = await ask<{ images: { status: string }[] }>('/v1/images/status', { ids });
    expect(images.map(({ status }) => status)).toEqual(['searchable', 'searchable', 'searchable']);
  });
  expect((await namesOf('cat'))[0]).toBe('chelsea.jpg');
  const { images } = await ask<{ images: { name: string }[] }>('/v1/images');
  expect(images.map(({ name }) => name).sort()).toEqual([...PHOTOS].sort());
});

test('a bomb fails for good and says why, while the photo beside it is described; nobody decodes any more', async () => {
  const bomb = progressiveJpeg({ side: 10_000, scans: 20_000 });
  const bytesOf = (name: string) => (name === 'bomb.jpg' ? bomb : photo(name));
  const added = await upload(['bomb.jpg', 'garden.jpg'], bytesOf);
  interface Told {
    images: { status: string; failure?: { code: string; reason: string; retryable: boolean } }[];
  }
  await eventually(async () => {
    const { images } = await ask<Told>('/v1/images/status', { ids: added });
    expect(images.map(({ status }) => status)).toEqual(['failed', 'searchable']);
    expect(images[0]!.failure).toEqual({
      code: 'too_many_scans',
      reason: 'the JPEG has more than 100 scans; save it anew with an ordinary encoder',
      retryable: false,
    });
  });
  const children = descendantsOf(child.pid!);
  await stop('SIGKILL');
  await eventually(() => expect(stillRunning(children)).toEqual([]));
  await start();
});

test('a photo that is deleted is no longer found', async () => {
  await ask(`/v1/images/${ids[0]!}`, undefined, 'DELETE');
  await eventually(async () => expect(await namesOf('cat')).not.toContain('chelsea.jpg'));
});

test('credentials of a tenant reach its pictures and nothing else', async () => {
  const gloss = join(import.meta.dirname, '../../lib/cli/gloss.ts');
  const { stdout } = await runNode([gloss, 'env', '--tenant', 'demo', '--json', '--data', dataDir]);
  const { AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, GLOSS_BUCKET } =
    JSON.parse(stdout) as Readonly<Record<string, string>>;
  const client = new S3Client({
    endpoint: AWS_ENDPOINT_URL_S3!,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID!,
      secretAccessKey: AWS_SECRET_ACCESS_KEY!,
      sessionToken: AWS_SESSION_TOKEN!,
    },
  });
  const put = (Key: string) =>
    client.send(new PutObjectCommand({ Bucket: GLOSS_BUCKET, Key, Body: photo('still-life.jpg') }));
  await put('uploads/demo/by-hand.jpg');
  await eventually(async () => {
    const { images } = await ask<{ images: { name: string }[] }>('/v1/images');
    expect(images.map(({ name }) => name)).toContain('by-hand.jpg');
  });
  for (const key of ['uploads/other/by-hand.jpg', 'thumbnails/demo/by-hand.jpg'])
    await expect(put(key)).rejects.toMatchObject({ name: 'AccessDenied' });
  client.destroy();
});

test('serves the search page', async () => {
  const response = await fetch(apiUrl);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
});

test('a second stack on the same folder is refused while the first one runs', async () => {
  const second = await runNode([join(import.meta.dirname, 'run-local-stack.ts'), dataDir]);
  expect(second.stderr).toContain(`another stack runs on ${dataDir}`);
  await ask('/v1/images');
});

test('tells in its folder where it is, and no longer after its end', async () => {
  const stackFile = join(dataDir, 'stack.json');
  expect(JSON.parse(readFileSync(stackFile, 'utf8'))).toMatchObject({ pid: child.pid, apiUrl });
  await stop('SIGTERM');
  expect(existsSync(stackFile)).toBe(false);
  await start();
  expect(await namesOf('cat')).not.toContain('chelsea.jpg');
});

test('does at its start what a schedule had due while it was down', async () => {
  await stop('SIGTERM');
  const schedules = join(dataDir, 'schedules.json');
  const made = JSON.parse(readFileSync(schedules, 'utf8')) as Record<string, number>;
  const tasks = ['Documents', 'Images', 'Keys', 'Objects', 'Postings', 'Segments', 'Strays', 'Thumbnails'];
  const names = [...tasks.map((task) => `Sweep${task}Schedule`), 'WakeImagesSchedule'];
  expect(Object.keys(made).sort()).toEqual(names);
  writeFileSync(schedules, JSON.stringify({ ...made, SweepImagesSchedule: 0 }));
  await start();
  await eventually(async () => {
    const log = await readFile(join(dataDir, 'logs/SweepFunction.log'), 'utf8');
    expect(log).toMatch(/"message":"swept".*"tenant":"demo"|"tenant":"demo".*"message":"swept"/);
  });
});
