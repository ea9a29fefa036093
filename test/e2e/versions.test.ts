import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { sweepObjects } from '../../lib/steps/sweep/sweep-objects.ts';
import { sweeper } from '../support/sweeper.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { testerS3 } from '../support/tester-clients.ts';

/** What a bucket with versions means for images: which deletions remove one, and what a deletion leaves. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
let key: string;
let cat: Buffer;
const tenant = parseTenantId('acme');
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
  key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
  cat = await fixture('samples/chelsea.jpg');
});
afterAll(() => service.close());

const versions = (Prefix: string): Promise<ListObjectVersionsCommandOutput> =>
  testerS3().send(new ListObjectVersionsCommand({ Bucket: process.env['BUCKET']!, Prefix }));
async function count(prefix: string): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = await versions(prefix);
  return Versions.length + DeleteMarkers.length;
}
const statusOf = async (name: string) => {
  const { json } = await service.request('POST', '/v1/images/status', key, {
    ids: [imageIdOf(tenant, name)],
  });
  return (json as { images: { status: string }[] }).images[0]!.status;
};
let clock = 16;
/** Later than all before. */
const sequencer = () => (clock += 1).toString(16).toUpperCase();

async function upload(name: string, times: number): Promise<void> {
  const object = `uploads/${tenant}/${name}`;
  for (let i = 0; i < times; i += 1) {
    await service.upload(object, cat, 'image/jpeg');
    await service.describe(s3Event('Created:Put', object, sequencer(), 1, { atMs: Date.now() }));
    await service.index(await service.drainIndexQueue());
  }
  expect(await statusOf(name)).toBe('searchable');
}
const removeVersion = async (name: string, VersionId: string | undefined) => {
  const Key = `uploads/${tenant}/${name}`;
  const { VersionId: versionId } = await testerS3().send(
    new DeleteObjectCommand({ Bucket: process.env['BUCKET']!, Key, VersionId }),
  );
  const kind = VersionId === undefined ? 'Removed:DeleteMarkerCreated' : 'Removed:Delete';
  await service.remove(s3Event(kind, Key, sequencer(), 1, { versionId: versionId! }));
  return versionId!;
};

describe('in a bucket with versions', () => {
  it('an old version that is deleted for good removes nothing', async () => {
    await upload('old.jpg', 2);
    const { Versions = [] } = await versions(`uploads/${tenant}/old.jpg`);
    await removeVersion('old.jpg', Versions[1]!.VersionId);
    expect(await statusOf('old.jpg')).toBe('searchable');
    expect((await service.drainAdmitQueue()).Records).toEqual([]);
  });

  it('a delete marker removes the image, and its removal brings it back', async () => {
    await upload('marked.jpg', 1);
    const marker = await removeVersion('marked.jpg', undefined);
    expect(await statusOf('marked.jpg')).toBe('removed');
    await removeVersion('marked.jpg', marker);
    await service.describe(await service.drainAdmitQueue());
    await service.index(await service.drainIndexQueue());
    expect(await statusOf('marked.jpg')).toBe('searchable');
    // The event of a marker says nothing of the picture's size.
    const { json } = await service.request('GET', `/v1/images/${imageIdOf(tenant, 'marked.jpg')}`, key);
    expect(json).toMatchObject({ bytes: cat.length });
  });

  it('a deletion is remembered when the event of an upload before it comes late; a later upload counts', async () => {
    await upload('late.jpg', 1);
    const Key = `uploads/${tenant}/late.jpg`;
    await service.upload(Key, cat, 'image/jpeg');
    const waiting = s3Event('Created:Put', Key, sequencer(), 1, { atMs: Date.now() });
    const path = `/v1/images/${imageIdOf(tenant, 'late.jpg')}`;
    expect((await service.request('DELETE', path, key)).status).toBe(204);
    for (let turn = 0; turn < 2; turn += 1) await service.describe(waiting);
    expect(await statusOf('late.jpg')).toBe('removed');
    expect((await service.request('GET', path, key)).status).toBe(404);
    await upload('late.jpg', 1);
  });

  it('a picture that came by invitation is deleted before its event has come, and does not come back', async () => {
    const name = 'early.jpg';
    const path = `/v1/images/${imageIdOf(tenant, name)}`;
    const files = [{ name, bytes: cat.length, contentType: 'image/jpeg' }];
    expect((await service.request('POST', '/v1/uploads', key, { files })).status).toBe(200);
    expect((await service.request('DELETE', path, key)).status).toBe(404); // nothing is there yet
    const Key = `uploads/${tenant}/${name}`;
    await service.upload(Key, cat, 'image/jpeg');
    const waiting = s3Event('Created:Put', Key, sequencer(), 1, { atMs: Date.now() });
    expect((await service.request('DELETE', path, key)).status).toBe(204);
    expect(await count(Key)).toBe(0);
    await service.describe(waiting);
    // Its form is still open.
    expect(await statusOf(name)).toBe('expected');
    await upload(name, 1);
  });

  it('of two versions of one second, the one that is left is described', async () => {
    const Key = `uploads/${tenant}/twice.jpg`;
    await upload('twice.jpg', 1);
    const { LastModified } = await testerS3().send(
      new HeadObjectCommand({ Bucket: process.env['BUCKET']!, Key }),
    );
    await service.upload(Key, await fixture('samples/pikolo.jpg'), 'image/jpeg');
    const atMs = LastModified!.getTime();
    await service.describe(s3Event('Created:Put', Key, sequencer(), 1, { atMs }));
    await service.index(await service.drainIndexQueue());
    const { Versions = [] } = await versions(Key);
    await removeVersion('twice.jpg', Versions[0]!.VersionId);
    await service.describe(await service.drainAdmitQueue());
    await service.index(await service.drainIndexQueue());
    const { json } = await service.request('GET', `/v1/images/${imageIdOf(tenant, 'twice.jpg')}`, key);
    expect(json).toMatchObject({ status: 'searchable', bytes: cat.length });
    expect(JSON.stringify(json)).toContain('cat');
  });

  it('events about markers may come out of order, and no sweep takes the picture away', async () => {
    await upload('restless.jpg', 1);
    const Key = `uploads/${tenant}/restless.jpg`;
    const bucket = { Bucket: process.env['BUCKET']!, Key };
    const { VersionId: versionId } = await testerS3().send(new DeleteObjectCommand(bucket));
    await testerS3().send(new DeleteObjectCommand({ ...bucket, VersionId: versionId }));
    const [marked, unmarked] = [sequencer(), sequencer()];
    await service.remove(s3Event('Removed:Delete', Key, unmarked, 1, { versionId: versionId! }));
    await service.remove(s3Event('Removed:DeleteMarkerCreated', Key, marked, 1, { versionId: versionId! }));
    expect(await statusOf('restless.jpg')).toBe('searchable');
  });

  it('a picture that was put back, though nobody told, is described again by the sweep and not destroyed', async () => {
    await upload('returned.jpg', 1);
    const marker = await removeVersion('returned.jpg', undefined);
    const Key = `uploads/${tenant}/returned.jpg`;
    const bucket = { Bucket: process.env['BUCKET']!, Key, VersionId: marker };
    await testerS3().send(new DeleteObjectCommand(bucket));
    const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + 2 * 3_600_000 } };
    await sweepImages(deps, { tenant }, () => false);
    expect(await count(Key)).toBe(1);
    expect(await sweepObjects(deps, { tenant }, () => false)).toMatchObject({ sent: 1 });
    await service.describe(await service.drainAdmitQueue());
    await service.index(await service.drainIndexQueue());
    expect(await statusOf('returned.jpg')).toBe('searchable');
  });

  it('a picture that was stored long ago and put back, though nobody told, is found within a month', async () => {
    await upload('ancient.jpg', 1);
    const Key = `uploads/${tenant}/ancient.jpg`;
    const marker = await removeVersion('ancient.jpg', undefined);
    const bucket = { Bucket: process.env['BUCKET']!, Key, VersionId: marker };
    await testerS3().send(new DeleteObjectCommand(bucket));
    const sent: unknown[] = [];
    for (let day = 40; day < 70; day += 1) {
      const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + day * 24 * 3_600_000 } };
      if ((await sweepObjects(deps, { tenant }, () => false)).sent === 0) continue;
      const event = await service.drainAdmitQueue();
      sent.push(...event.Records.map(({ body }) => (JSON.parse(body) as { name: string }).name));
      await service.describe(event);
    }
    expect(sent).toEqual(['ancient.jpg']);
    await service.index(await service.drainIndexQueue());
    expect(await statusOf('ancient.jpg')).toBe('searchable');
  });

  it('the last version that is deleted for good removes the image', async () => {
    await upload('last.jpg', 1);
    const { Versions = [] } = await versions(`uploads/${tenant}/last.jpg`);
    await removeVersion('last.jpg', Versions[0]!.VersionId);
    expect(await statusOf('last.jpg')).toBe('removed');
  });

  it('deleting a picture by the API leaves no version and no marker of it', async () => {
    await upload('deleted.jpg', 3);
    await upload('deleted.jpg.bak', 1);
    const id = imageIdOf(tenant, 'deleted.jpg');
    expect(await count(`thumbnails/${tenant}/${id}`)).toBeGreaterThan(0);
    expect(await service.request('DELETE', `/v1/images/${id}`, key)).toMatchObject({ status: 204 });
    expect(await count(`thumbnails/${tenant}/${id}`)).toBe(0);
    expect(await count(`uploads/${tenant}/deleted.jpg`)).toBe(1); // that of deleted.jpg.bak
    expect(await statusOf('deleted.jpg.bak')).toBe('searchable');
  });

  it('deleting a tenant leaves no version and no marker, and counts them', async () => {
    await upload('left.jpg', 2);
    await testerS3().send(
      new DeleteObjectCommand({ Bucket: process.env['BUCKET']!, Key: `uploads/${tenant}/left.jpg` }),
    );
    const before = (await count(`uploads/${tenant}/`)) + (await count(`thumbnails/${tenant}/`));
    await service.request('DELETE', `/v1/tenants/${tenant}`, operator);
    await service.purge(await service.drainPurgeQueue());
    expect((await count(`uploads/${tenant}/`)) + (await count(`thumbnails/${tenant}/`))).toBe(0);
    const { json } = await service.request('GET', `/v1/tenants/${tenant}`, operator);
    expect(json).toMatchObject({ status: 'deleted', deletion: { removedObjects: before, found: 0 } });
  });
});

describe('an original whose event was lost', () => {
  it('is found by the sweep and sent again, once', async () => {
    const owner = parseTenantId('forgetful');
    const ownersKey = await service.keys.create(owner, undefined, { cropPolicy: 'none' });
    await service.upload(`uploads/${owner}/lost.jpg`, cat, 'image/jpeg');
    let aheadMs = 0;
    const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + aheadMs } };
    const sweep = () => sweepObjects(deps, { tenant: owner }, () => false);
    expect(await sweep()).toMatchObject({ sent: 0 }); // its event may still come
    aheadMs = 2 * 3_600_000;
    expect(await sweep()).toMatchObject({ sent: 1 });
    const event = await service.drainAdmitQueue();
    expect(event.Records).toHaveLength(1);
    await service.describe(event);
    await service.index(await service.drainIndexQueue());
    const { json } = await service.request('GET', '/v1/search?q=cat', ownersKey);
    expect(json).toMatchObject({ hits: [{ name: 'lost.jpg' }] });
    expect(await sweep()).toMatchObject({ sent: 0 });
    expect((await service.drainAdmitQueue()).Records).toEqual([]);
  });
});

describe('a picture that was replaced, and the event of that was lost', () => {
  it('is found by the sweep, and its words take the place of the old ones', async () => {
    const owner = parseTenantId('replacer');
    const ownersKey = await service.keys.create(owner, undefined, { cropPolicy: 'none' });
    const Key = `uploads/${owner}/a.jpg`;
    const search = async (word: string) =>
      ((await service.request('GET', `/v1/search?q=${word}`, ownersKey)).json as { hits: object[] }).hits;
    await service.upload(Key, cat, 'image/jpeg');
    await service.describe(s3Event('Created:Put', Key, sequencer(), 1, { atMs: Date.now() }));
    await service.index(await service.drainIndexQueue());
    const deps = { ...(await sweeper()), clock: { nowMs: () => Date.now() + 2 * 3_600_000 } };
    const sweep = () => sweepObjects(deps, { tenant: owner }, () => false);
    expect(await sweep()).toMatchObject({ sent: 0 });
    await pause(1_000 - (Date.now() % 1_000) + 5); // S3 knows seconds
    await service.upload(Key, await fixture('samples/pikolo.jpg'), 'image/jpeg');
    expect(await sweep()).toMatchObject({ sent: 1 });
    await service.describe(await service.drainAdmitQueue());
    await service.index(await service.drainIndexQueue());
    expect(await search('cup')).toHaveLength(1);
    expect(await search('cat')).toEqual([]);
    expect(await sweep()).toMatchObject({ sent: 0 });
  });
});

describe('words that were imported under the name of an object', () => {
  const owner = parseTenantId('writer');
  let ownersKey: string;
  beforeAll(async () => {
    ownersKey = await service.keys.create(owner, undefined, { cropPolicy: 'none' });
  });
  const put = async (name: string) => {
    await service.request('POST', '/v1/documents', ownersKey, {
      documents: [{ id: name, texts: ['a zebra'] }],
    });
    await service.index(await service.drainIndexQueue());
  };
  const stateOf = async (name: string) => {
    const ids = [imageIdOf(owner, name)];
    const { json } = await service.request('POST', '/v1/images/status', ownersKey, { ids });
    return (json as { images: { status: string; bytes?: number }[] }).images[0]!;
  };
  const arrivedAt = async (name: string) => {
    const { json } = await service.request('GET', `/v1/images/${imageIdOf(owner, name)}`, ownersKey);
    return Date.parse((json as { createdAt: string }).createdAt);
  };

  it.each([-3_600_000, 3_600_000])(
    'stay whenever an older removal is told, by a clock that is %d ms off',
    async (skewMs) => {
      const name = `gone${skewMs}.jpg`;
      const Key = `uploads/${owner}/${name}`;
      await service.upload(Key, cat, 'image/jpeg');
      await service.removeObject(Key);
      await put(name);
      const told = { atMs: Date.now() + skewMs };
      await service.describe(s3Event('Created:Put', Key, '0055AED6DCD90281E4', 1, told));
      for (const kind of ['Removed:Delete', 'Removed:DeleteMarkerCreated'] as const)
        await service.remove(s3Event(kind, Key, '0055AED6DCD90281E5', 1, told));
      expect(await stateOf(name)).toMatchObject({ status: 'searchable' });
    },
  );

  it('go with the object that was there', async () => {
    const Key = `uploads/${owner}/note.jpg`;
    await service.upload(Key, cat, 'image/jpeg');
    await put('note.jpg');
    await service.remove(s3Event('Removed:Delete', Key, '0055AED6DCD90281E5'));
    expect(await stateOf('note.jpg')).toMatchObject({ status: 'searchable' });
    await service.removeObject(Key);
    await service.remove(s3Event('Removed:DeleteMarkerCreated', Key, '0055AED6DCD90281E6'));
    expect(await stateOf('note.jpg')).toMatchObject({ status: 'removed' });
  });

  it('stay when an older picture is told late', async () => {
    const Key = `uploads/${owner}/late.jpg`;
    await service.upload(Key, cat, 'image/jpeg');
    await put('late.jpg');
    const atMs = Date.now() + 3_600_000;
    await service.describe(s3Event('Created:Put', Key, '0055AED6DCD90281E5', 1, { atMs }));
    expect((await service.drainIndexQueue()).Records).toEqual([]);
    expect(await stateOf('late.jpg')).toMatchObject({ status: 'searchable' });
  });

  it('once deleted by their owner do not come back by an older event, and do by a later picture', async () => {
    const Key = `uploads/${owner}/deleted.jpg`;
    await put('deleted.jpg');
    const atMs = await arrivedAt('deleted.jpg');
    await service.request('DELETE', `/v1/images/${imageIdOf(owner, 'deleted.jpg')}`, ownersKey);
    await service.describe(s3Event('Created:Put', Key, '0055AED6DCD90281E5', 1, { atMs: atMs - 1 }));
    expect(await stateOf('deleted.jpg')).toMatchObject({ status: 'removed' });
    await service.upload(Key, cat, 'image/jpeg');
    await service.describe(s3Event('Created:Put', Key, '0055AED6DCD90281E6', 1, { atMs: Date.now() + 1 }));
    await service.index(await service.drainIndexQueue());
    expect(await stateOf('deleted.jpg')).toMatchObject({ status: 'searchable' });
  });
});
