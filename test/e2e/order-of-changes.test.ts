import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { imageIdOf, parseTenantId, type ImageId } from '../../lib/domain/ids.ts';
import { sizeOf } from '../../lib/domain/image.ts';
import { readableOnes } from '../../lib/domain/unreadable.ts';
import { sweepObjects } from '../../lib/steps/sweep/sweep-objects.ts';
import { sweeper } from '../support/sweeper.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/**
 * What is under one name in the end depends on what was done, not on when and how often S3 tells of it: histories of uploads,
 * deletions, imports and restored versions, each event of S3 delivered at a drawn later step, some twice, by a clock that may be an hour ahead.
 */

const tenant = parseTenantId('orders');
let service: Awaited<ReturnType<typeof startService>>;
let key: string;
let picture: Buffer;
const s3 = new S3Client({});
beforeAll(async () => {
  service = await startService();
  const limits = { requestsPerSec: 1000, burst: 100_000 };
  key = await service.keys.create(tenant, undefined, { limits });
  picture = await fixture('images/one-pixel.png');
});
afterAll(() => service.close());

type Act = 'upload' | 'mark' | 'remove version' | 'import' | 'delete';
interface Step {
  readonly act: Act;
  /** Steps until its event comes. */
  readonly delay: number;
  readonly isTwice: boolean;
  readonly skewMs: number;
}
const step = fc.record<Step>({
  act: fc.constantFrom('upload', 'upload', 'mark', 'remove version', 'import', 'delete'),
  delay: fc.integer({ min: 0, max: 5 }),
  isTwice: fc.boolean(),
  skewMs: fc.constantFrom(0, 3_600_000),
});

/** A bucket of one key and what its owner asked of us, kept by hand: the versions with the newest last. */
class Model {
  versions: { readonly id: string; readonly isMarker: boolean }[] = [];
  /** What is there by the last act of ours, and what it saw; undefined where there was none. */
  own: { readonly act: 'import' | 'delete'; readonly saw: string | null } | undefined;
  /** Whether an object came and went since, which a late event cannot tell from none. */
  isUncertain = false;

  get current(): string | null {
    const newest = this.versions.at(-1);
    return newest && !newest.isMarker ? newest.id : null;
  }

  /** picture: of the current object; words: imported; none: not shown. */
  expected(): readonly ('picture' | 'words' | 'none')[] {
    const { own, current } = this;
    if (!own) return [current === null ? 'none' : 'picture'];
    if (current !== null && current !== own.saw) return ['picture'];
    if (own.act === 'delete') return ['none'];
    // If a later object was seen, what is below it is shown when it goes.
    if (own.saw !== null && current !== null) return this.isUncertain ? ['words', 'picture'] : ['words'];
    if (own.saw !== null) return ['none'];
    return this.isUncertain ? ['none', 'words'] : ['words'];
  }
}

it('decides by what is there, whatever the order of events, and counts it once a sweep has looked', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      run += 1;
      const name = `picture-${run}.png`;
      const where = { Bucket: process.env['BUCKET']!, Key: `uploads/${tenant}/${name}` };
      const model = new Model();
      let number = 0x1000 * run;
      const told: { readonly at: number; readonly isRemoval: boolean; readonly event: SQSEvent }[] = [];

      for (const [now, { act, delay, isTwice, skewMs }] of steps.entries()) {
        const tell = (kind: Parameters<typeof s3Event>[0], versionId: string) => {
          const sequencer = `0055AED6DCD9${(number += 1).toString(16).toUpperCase().padStart(6, '0')}`;
          const event = s3Event(kind, where.Key, sequencer, 1, {
            atMs: Date.now() + skewMs,
            versionId,
            size: picture.length,
          });
          const isRemoval = kind.startsWith('Removed');
          told.push({ at: now + delay, isRemoval, event });
          if (isTwice) told.push({ at: now + delay + 1, isRemoval, event });
        };
        if (act === 'upload') {
          const { VersionId } = await s3.send(new PutObjectCommand({ ...where, Body: picture }));
          model.versions.push({ id: VersionId!, isMarker: false });
          tell('Created:Put', VersionId!);
        }
        if (act === 'mark') {
          const { VersionId } = await s3.send(new DeleteObjectCommand(where));
          if (model.current !== null) model.isUncertain = true;
          model.versions.push({ id: VersionId!, isMarker: true });
          tell('Removed:DeleteMarkerCreated', VersionId!);
        }
        const newest = model.versions.at(-1);
        if (act === 'remove version' && newest) {
          await s3.send(new DeleteObjectCommand({ ...where, VersionId: newest.id }));
          if (!newest.isMarker) model.isUncertain = true;
          model.versions.pop();
          tell('Removed:Delete', newest.id);
        }
        if (act === 'import') {
          const documents = [{ id: name, texts: ['a zebra'] }];
          expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
          model.own = { act, saw: model.current };
          model.isUncertain = false;
        }
        if (act === 'delete') {
          const { status } = await service.request('DELETE', `/v1/images/${imageIdOf(tenant, name)}`, key);
          // Before any event has come there is no image to delete.
          expect([204, 404]).toContain(status);
          if (status === 204) {
            model.own = { act, saw: model.current };
            model.versions = [];
            model.isUncertain = false;
          }
        }
        await deliver(told, (at) => at <= now);
      }
      await deliver(told, () => true);
      expect(told).toEqual([]);
      const shown = await shownOf(name);
      expect(model.expected(), JSON.stringify(steps)).toContain(shown);
    }),
    { numRuns: Number(process.env['GLOSS_ORDERS'] ?? 6), endOnFailure: true },
  );

  const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + HOURS_3 } };
  expect(await sweepObjects(deps, { tenant }, () => false)).toMatchObject({ sent: 0 });
  const counted = await recordsOf(tenant);
  const stored = await bytesInBucket(`uploads/${tenant}/`);
  expect(stored.size).toBeGreaterThan(0);
  for (const [name, bytes] of stored) expect(counted.get(name), name).toBe(bytes);
  // Of what was removed with all its versions, S3 told in an order that says nothing of bytes: it counts for 30 days more.
  expect(await sweepObjects(deps, { tenant }, () => false)).toEqual({ sent: 0, counted: 0 });
});

const HOURS_3 = 3 * 3_600_000;

/** What each image counts in the sums of its tenant. */
async function recordsOf(owner: typeof tenant): Promise<ReadonlyMap<string, number>> {
  const records = dynamoImageRecords(new DynamoDBClient({}), process.env['IMAGES_TABLE']!);
  const found = new Map<string, number>();
  let after: ImageId | undefined;
  do {
    const page = await records.list(owner, { limit: 100, ...(after && { after }) });
    for (const record of readableOnes(page.records)) found.set(record.name, sizeOf(record).bytes);
    after = page.next;
  } while (after);
  return found;
}

/** By name: the bytes of every version. */
async function bytesInBucket(Prefix: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const request = { Bucket: process.env['BUCKET']!, Prefix };
  for await (const { Versions = [] } of paginateListObjectVersions(s3, request))
    for (const { Key, Size } of Versions) {
      const name = Key!.slice(Prefix.length);
      found.set(name, (found.get(name) ?? 0) + Size!);
    }
  return found;
}

async function* paginateListObjectVersions(client: S3Client, request: { Bucket: string; Prefix: string }) {
  let marker = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ ...request, ...marker }));
    yield page;
    if (!page.IsTruncated) return;
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function deliver(
  told: { readonly at: number; readonly isRemoval: boolean; readonly event: SQSEvent }[],
  isDue: (at: number) => boolean,
): Promise<void> {
  for (const one of told.filter(({ at }) => isDue(at))) {
    told.splice(told.indexOf(one), 1);
    const answer = one.isRemoval ? await service.remove(one.event) : await service.describe(one.event);
    expect(answer.batchItemFailures).toEqual([]);
  }
  // What a removal leaves is described by way of the queue.
  const left = await service.drainAdmitQueue();
  if (left.Records.length > 0) await service.describe(left);
  await service.indexAll();
}

async function shownOf(name: string): Promise<'picture' | 'words' | 'none'> {
  const { json, status } = await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key);
  if (status === 404) return 'none';
  expect(json).toMatchObject({ status: 'searchable' });
  return (json as { url?: string }).url === undefined ? 'words' : 'picture'; // words have no picture to show
}
