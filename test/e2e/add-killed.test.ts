import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ListObjectVersionsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHeldModel } from '../support/held-model.ts';
import { eventually } from '../support/eventually.ts';
import { kill, runNode, startNode, type NodeProcess } from '../support/start-node.ts';

/**
 * `gloss add` of folders with equal names, while describing stands still, killed twice: each picture is there once, and nothing was sent
 * twice but what was on its way. GLOSS_ADD_FILES says how many pictures.
 */

const GLOSS = resolve(import.meta.dirname, '../../lib/cli/gloss.ts');
const FOLDERS = 4;
const FILES = Math.ceil(Number(process.env['GLOSS_ADD_FILES'] ?? 24) / FOLDERS) * FOLDERS;
/** As many posts of `gloss add` are on their way at a time (lib/cli/service/upload.ts). */
const IN_FLIGHT = 8;
const { GLOSS_ENDPOINT: _endpoint, GLOSS_KEY: _key, ...environment } = process.env;

let work: string;
let data: string;
let stack: NodeProcess;
let model: Awaited<ReturnType<typeof startHeldModel>>;
let s3: S3Client;
let bucket: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'gloss-killed-'));
  data = join(work, 'data');
  await makePictures();
  model = await startHeldModel('a patch of colour');
  const args = ['up', '--port', '0', '--data', data, '--forward', model.url, '--forward-model', 'held'];
  stack = startNode([GLOSS, ...args], environment);
  stack.stderr.resume();
  for await (const line of createInterface({ input: stack.stdout })) if (line.includes('Ctrl-C')) break;
  await openBucket();
}, 1_800_000);

afterAll(async () => {
  s3.destroy();
  await model.close();
  await kill(stack, 'SIGTERM');
  await rm(work, { recursive: true });
});

/** Of one colour each, no two alike; the same names in every folder. */
async function makePictures(): Promise<void> {
  for (let i = 0; i < FILES; i += 1) {
    const folder = join(work, `card ${i % FOLDERS}`, 'DCIM');
    if (i < FOLDERS) await mkdir(folder, { recursive: true });
    const background = { r: i & 0xff, g: i >> 8, b: 0x80 };
    const picture = await sharp({ create: { width: 48, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
    await writeFile(join(folder, `IMG_${String(Math.floor(i / FOLDERS)).padStart(4, '0')}.png`), picture);
  }
}
const cards = () => Array.from({ length: FOLDERS }, (_, i) => join(work, `card ${i}`, 'DCIM'));

async function openBucket(): Promise<void> {
  const read = async <T>(name: string) => JSON.parse(await readFile(join(data, name), 'utf8')) as T;
  const { endpoints, buckets } = await read<{ endpoints: { s3: string }; buckets: string[] }>('stack.json');
  const { LocalStack: credentials } = await read<{
    LocalStack: { accessKeyId: string; secretAccessKey: string };
  }>('credentials.json');
  s3 = new S3Client({ endpoint: endpoints.s3, region: 'us-east-1', credentials, forcePathStyle: true });
  bucket = buckets[0]!;
}

/** How many originals are in the bucket. */
async function stored(): Promise<number> {
  let count = 0;
  let StartAfter: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'uploads/', StartAfter }));
    count += page.KeyCount ?? 0;
    StartAfter = page.IsTruncated ? page.Contents!.at(-1)!.Key : undefined;
  } while (StartAfter !== undefined);
  return count;
}

/** All versions of originals, by key. */
async function versions(): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'uploads/', ...next }),
    );
    for (const { Key } of page.Versions ?? []) found.set(Key!, (found.get(Key!) ?? 0) + 1);
    if (!page.IsTruncated) return found;
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

/** Adds until so many are in the bucket, and is killed then. */
async function addUntil(count: number): Promise<void> {
  const adding = startNode([GLOSS, 'add', ...cards(), '--data', data], environment);
  adding.stdout.resume();
  adding.stderr.resume();
  while ((await stored()) < count && adding.exitCode === null)
    await new Promise((wait) => setTimeout(wait, 50));
  expect(adding.exitCode).toBeNull();
  await kill(adding, 'SIGKILL');
}

interface Added {
  readonly totals: Readonly<Record<string, number>>;
  readonly images: readonly { readonly path: string; readonly name: string }[];
}
async function add(...options: string[]): Promise<Added> {
  const run = await runNode([GLOSS, 'add', ...cards(), '--json', '--data', data, ...options], environment);
  expect(run.code, run.stderr).toBe(0);
  return JSON.parse(run.stdout) as Added;
}

test('each is there once, and nothing was sent twice but what was on its way', async () => {
  await addUntil(Math.floor(FILES / 3));
  await addUntil(Math.floor((2 * FILES) / 3));
  const before = await stored();
  const { totals, images } = await add();
  expect(totals).toMatchObject({ files: FILES, notSent: 0, skipped: 0 });
  expect(totals['sent']! + totals['unchanged']!).toBe(FILES);

  const found = await versions();
  const sentTwice = found.values().reduce((sum, count) => sum + count, 0) - found.size;
  console.log(
    `${FILES} files: ${before} there after the second kill, ${totals['sent']} sent after it, ${sentTwice} sent twice`,
  );
  expect(found.size).toBe(FILES);
  expect(sentTwice).toBeLessThanOrEqual(2 * IN_FLIGHT);
  expect(new Set(images.map(({ name }) => name)).size).toBe(FILES);

  // The last events may be on their way.
  const contents = await eventually(async () => {
    const { stdout } = await runNode([GLOSS, 'list', '--json', '--data', data], environment);
    const { images: listed } = JSON.parse(stdout) as { images: { name: string; sha256: string }[] };
    expect(listed).toHaveLength(FILES);
    return new Map(listed.map(({ name, sha256 }) => [name, sha256]));
  });
  expect(contents.size).toBe(FILES);
  for (const { path, name } of images)
    expect(contents.get(name)).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );

  model.release();
  const whole = await add('--wait');
  expect(whole.totals).toMatchObject({ files: FILES, sent: 0, unchanged: FILES, searchable: FILES });
}, 14_400_000);
