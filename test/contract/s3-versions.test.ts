import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { s3ObjectLists } from '../../lib/adapters/s3-object-lists.ts';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { Bucket, S3S, S3UnderTest } from '../support/s3.ts';

/** A bucket with versions, as "Using versioning in S3 buckets" of the S3 user guide has it. */

describe.each(S3S)('the S3 that is %s', (which) => {
  const s3 = new S3UnderTest(which);
  beforeAll(() => s3.createBucket(Bucket, { versioned: true }));

  const remove = (Key: string, VersionId?: string) =>
    s3.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  const versionsOf = async (Prefix: string) => {
    const { Versions = [], DeleteMarkers = [] } = await s3.client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix }),
    );
    return { versions: Versions, markers: DeleteMarkers };
  };
  const putTwice = async (key: string) => {
    const first = (await s3.put(key, 'first')).VersionId!;
    const second = (await s3.put(key, 'second')).VersionId!;
    return { first, second };
  };
  const eventsOf = (key: string) =>
    s3.recordsOf(key).map(({ eventName, s3: { object } }) => [eventName, object.versionId]);

  describe('a key', () => {
    it('keeps what is replaced, each version readable by its id', async () => {
      const { first, second } = await putTwice('replaced');
      expect((await s3.get('replaced')).toString()).toBe('second');
      const old = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'replaced', VersionId: first }));
      expect(await old.Body!.transformToString()).toBe('first');
      const { versions } = await versionsOf('replaced');
      expect(versions.map(({ IsLatest, VersionId }) => [IsLatest, VersionId])).toEqual([
        [true, second],
        [false, first],
      ]);
    });

    it('has no version of another id, and none of an id that no version can have', async () => {
      const { second } = await putTwice('unknown version');
      const read = (VersionId: string) =>
        s3.client.send(new GetObjectCommand({ Bucket, Key: 'unknown version', VersionId }));
      const other = `${second.slice(0, -2)}zz`;
      await expect(read(other)).rejects.toMatchObject({ name: 'NoSuchVersion' });
      await remove('unknown version', other); // as S3: what is not there is no error
      const wrong = { name: 'InvalidArgument', $metadata: { httpStatusCode: 400 } };
      await expect(read('no id')).rejects.toMatchObject(wrong);
      await expect(remove('unknown version', 'no id')).rejects.toMatchObject(wrong);
      expect((await versionsOf('unknown version')).versions).toHaveLength(2);
    });

    it('is hidden by a delete marker, and there again without it', async () => {
      await putTwice('hidden');
      const { DeleteMarker, VersionId } = await remove('hidden');
      expect(DeleteMarker).toBe(true);
      await expect(s3.get('hidden')).rejects.toMatchObject({ name: 'NoSuchKey' });
      const listed = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'hidden' }));
      expect(listed.KeyCount).toBe(0);
      await remove('hidden', VersionId);
      expect((await s3.get('hidden')).toString()).toBe('second');
      expect(eventsOf('hidden').slice(2)).toEqual([
        ['ObjectRemoved:DeleteMarkerCreated', VersionId],
        ['ObjectRemoved:Delete', VersionId],
      ]);
    });

    it('shows the version before when the newest is removed for good', async () => {
      await putTwice('undone');
      const { versions } = await versionsOf('undone');
      await remove('undone', versions[0]!.VersionId);
      expect((await s3.get('undone')).toString()).toBe('first');
      await expect(
        s3.client.send(new HeadObjectCommand({ Bucket, Key: 'undone', VersionId: versions[0]!.VersionId })),
      ).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    });

    it('gets a marker even if it was never there, as S3 has it', async () => {
      expect((await remove('never')).DeleteMarker).toBe(true);
      expect((await versionsOf('never')).markers).toHaveLength(1);
    });
  });

  it('lists versions and markers page by page, each key’s newest first', async () => {
    for (const key of ['page/a', 'page/b', 'page/c']) await putTwice(key);
    await remove('page/b');
    const found: string[] = [];
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await s3.client.send(
        new ListObjectVersionsCommand({ Bucket, Prefix: 'page/', MaxKeys: 2, ...marker }),
      );
      const entries = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      expect(entries.length).toBeLessThanOrEqual(2);
      found.push(...entries.map(({ Key, IsLatest }) => `${Key!} ${IsLatest! ? 'latest' : 'old'}`));
      if (!page.IsTruncated) break;
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(found.toSorted()).toEqual([
      'page/a latest',
      'page/a old',
      'page/b latest',
      'page/b old',
      'page/b old',
      'page/c latest',
      'page/c old',
    ]);
  });

  it('begins behind all versions of a key where no version is named', async () => {
    for (const key of ['behind/a', 'behind/b']) await putTwice(key);
    const { Versions = [] } = await s3.client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: 'behind/', KeyMarker: 'behind/a' }),
    );
    expect(Versions.map(({ Key }) => Key)).toEqual(['behind/b', 'behind/b']);
  });

  it('removes many versions by one request', async () => {
    await putTwice('many');
    await remove('many');
    const { versions, markers } = await versionsOf('many');
    const Objects = [...versions, ...markers].map(({ Key, VersionId }) => ({
      Key: Key!,
      VersionId: VersionId!,
    }));
    const { Deleted } = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toHaveLength(3);
    expect(await versionsOf('many')).toEqual({ versions: [], markers: [] });
  });

  it('is listed by whole keys, however many versions one has', async () => {
    const owner = parseTenantId('listed');
    const key = (name: string) => `uploads/${owner}/${name}`;
    await putTwice(key('a'));
    for (let version = 0; version < 1_100; version += 1)
      await s3.put(key('b'), 'x'.repeat(1 + (version % 3)));
    await putTwice(key('c'));
    await remove(key('c'));
    await s3.put(key('d'), 'last');
    const lists = s3ObjectLists(s3.client, Bucket);
    const found: unknown[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await lists.originals(owner, after);
      for (const { key: of, current, older } of page.objects) {
        const olderBytes = older.reduce((sum, { bytes }) => sum + bytes, 0);
        found.push([of, current?.bytes, older.length, olderBytes]);
      }
      after = page.next;
      pages += 1;
    } while (after !== undefined);
    expect(found).toEqual([
      [key('a'), 6, 1, 5],
      // 366 times 1 + 2 + 3, then 1, and 2 as the last.
      [key('b'), 2, 1_099, 2_197],
      [key('c'), undefined, 2, 11],
      [key('d'), 4, 0, 0],
    ]);
    expect(pages).toBe(2);
  });

  describe('the object store', () => {
    const tenant = parseTenantId('acme');
    const store = () => s3ObjectStore(s3.client, Bucket, { nowMs: () => Date.now() });
    /** Keys that begin alike, or end in half of a pair of characters that they have in common. */
    const KEYS = ['own/a', 'own/a.jpg', 'own/a/1.jpg', 'own/😀', 'own/😁', 'own/b'];

    it('removes every version and marker of the keys it is told of, and nothing of those that begin like them', async () => {
      for (const key of KEYS) await putTwice(key);
      await remove('own/a');
      await store().removeUnder(tenant, 'own/a', (key) => key === 'own/a');
      await store().removeOwn(tenant, 'own/😀', { createdAtMs: 0 });
      const left = await versionsOf('own/');
      expect(left.markers).toEqual([]);
      expect(new Set(left.versions.map(({ Key }) => Key))).toEqual(
        new Set(['own/a.jpg', 'own/a/1.jpg', 'own/b', 'own/😁']),
      );
      expect(left.versions).toHaveLength(8);
      await store().removeUnder(tenant, 'own/never', () => true);
      expect((await versionsOf('own/')).versions).toHaveLength(8);
      await store().removeUnder(tenant, 'own/', () => true);
      expect((await versionsOf('own/')).versions).toEqual([]);
    });
  });
});

describe('the embedded S3', () => {
  const s3 = new S3UnderTest();
  beforeAll(() => s3.createBucket(Bucket, { versioned: true }));

  it('removes the files of versions with them', async () => {
    for (const text of ['first', 'second']) await s3.put('many', text);
    const files = (await readdir(join(s3.dataDir, 'objects'))).length;
    const { Versions } = await s3.client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'many' }));
    const Objects = Versions!.map(({ Key, VersionId }) => ({ Key: Key!, VersionId: VersionId! }));
    await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(await readdir(join(s3.dataDir, 'objects'))).toHaveLength(files - 2);
  });
});
