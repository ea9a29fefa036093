import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it, beforeAll } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { Bucket, S3S, S3UnderTest, sendHttp } from '../support/s3.ts';

/** What Gloss needs of S3, asked by the real SDK and our adapter. */

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

const ODD_KEYS = [
  'plain.jpg',
  'with space + plus.jpg',
  'slashes//double/and/trailing/',
  '100% %41 %2F.jpg',
  'quotes\' "and" (brackets) * ! ~.jpg',
  'Käse & Öl <xml>;?#=@:,$.jpg',
  '猫/カメラ.jpg',
  '😀 astral.jpg',
  'e\u0301 decomposed.jpg',
  'tab\tand\r\nline end.jpg',
  'dots/../a/./b.jpg',
];

describe.each(S3S)('the S3 that is %s', (which) => {
  const s3 = new S3UnderTest(which);

  describe('objects', () => {
    it('keeps what was put, with type, tag, time and metadata', async () => {
      const bytes = Buffer.from('a photo');
      const answer = await s3.put('kept.jpg', bytes, {
        ContentType: 'image/jpeg',
        Metadata: { taken: '2026' },
      });
      expect(answer.ETag).toBe(`"${md5(bytes)}"`);
      const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'kept.jpg' }));
      expect(head).toMatchObject({
        ContentLength: 7,
        ContentType: 'image/jpeg',
        ETag: answer.ETag,
        Metadata: { taken: '2026' },
      });
      expect(await s3.get('kept.jpg')).toEqual(bytes);
    });

    it('keeps an empty object', async () => {
      await s3.put('empty', Buffer.alloc(0));
      expect(await s3.get('empty')).toHaveLength(0);
    });

    it('replaces an object', async () => {
      await s3.put('replaced', 'old');
      await s3.put('replaced', 'new');
      expect((await s3.get('replaced')).toString()).toBe('new');
    });

    it('keeps a stream of 3 MB intact, in pieces of any size', async () => {
      const bytes = randomBytes(3 * 1024 * 1024 + 17);
      const pieces = [1, 70_000, 65_536, 3, 1_000_000].map((length, i, all) => {
        const from = all.slice(0, i).reduce((sum, size) => sum + size, 0);
        return bytes.subarray(from, from + length);
      });
      pieces.push(bytes.subarray(pieces.reduce((sum, piece) => sum + piece.length, 0)));
      await s3.put('streamed', Readable.from(pieces), { ContentLength: bytes.length });
      expect((await s3.get('streamed')).equals(bytes)).toBe(true);
      const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'streamed' }));
      expect(head.ContentEncoding).toBeUndefined();
    });

    it.each(ODD_KEYS)('takes the key %j', async (Key) => {
      await s3.put(Key, Key);
      expect((await s3.get(Key)).toString()).toBe(Key);
      expect(s3.recordsOf(Key)).toHaveLength(1);
      const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
      expect(Contents.map((object) => object.Key)).toContain(Key);
      const { Deleted } = await s3.client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }),
      );
      expect(Deleted).toEqual([{ Key }]);
      await expect(s3.get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
    });

    it('refuses a key of more than 1,024 bytes', async () => {
      await expect(s3.put('ü'.repeat(513), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
      await s3.put('ü'.repeat(512), 'x');
    });

    it.each([
      ['bytes=2-4', '234', 'bytes 2-4/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-2', '89', 'bytes 8-9/10'],
      ['bytes=0-99', '0123456789', 'bytes 0-9/10'],
    ])('answers the range %s', async (Range, text, contentRange) => {
      await s3.put('digits', '0123456789');
      const part = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));
      expect(part).toMatchObject({ ContentRange: contentRange, ContentLength: text.length });
      expect(part.$metadata.httpStatusCode).toBe(206);
      expect(await part.Body!.transformToString()).toBe(text);
    });

    it('refuses a range behind the end', async () => {
      await s3.put('digits', '0123456789');
      const range = s3.client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=10-' }));
      await expect(range).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
    });

    it('says what is not there', async () => {
      const Key = 'never-put';
      await expect(s3.get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
      await expect(s3.client.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
        name: 'NotFound',
      });
      const elsewhere = s3.client.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key }));
      await expect(elsewhere).rejects.toMatchObject({ name: 'NoSuchBucket' });
      const into = s3.client.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key, Body: 'x' }));
      await expect(into).rejects.toMatchObject({ name: 'NoSuchBucket' });
      await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    });

    it('makes buckets once', async () => {
      await s3.client.send(new HeadBucketCommand({ Bucket }));
      await s3.createBucket(Bucket);
      const again = s3.client.send(new CreateBucketCommand({ Bucket }));
      await expect(again).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
      const upper = s3.client.send(new CreateBucketCommand({ Bucket: 'Photos' }));
      await expect(upper).rejects.toMatchObject({ name: 'InvalidBucketName' });
    });
  });

  describe('conditions', () => {
    it('puts with If-None-Match only where nothing is, and one of many at once', async () => {
      const puts = Array.from({ length: 8 }, (_, i) =>
        s3.put('first-wins', `writer ${i}`, { IfNoneMatch: '*' }),
      );
      const results = await Promise.allSettled(puts);
      const won = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await s3.get('first-wins')).toString()).toBe(`writer ${won}`);
      expect(s3.recordsOf('first-wins')).toHaveLength(1);
      await expect(s3.put('first-wins', 'late', { IfNoneMatch: '*' })).rejects.toMatchObject({
        name: 'PreconditionFailed',
      });
    });

    it('puts with If-Match only over the version named', async () => {
      const { ETag } = await s3.put('versioned', 'one');
      const { ETag: second } = await s3.put('versioned', 'two', { IfMatch: ETag });
      await expect(s3.put('versioned', 'three', { IfMatch: ETag })).rejects.toMatchObject({
        name: 'PreconditionFailed',
      });
      await expect(s3.put('not-versioned', 'one', { IfMatch: second })).rejects.toMatchObject({
        name: 'NoSuchKey',
      });
      expect((await s3.get('versioned')).toString()).toBe('two');
    });

    it('gets by tag', async () => {
      const { ETag } = await s3.put('cached', 'bytes');
      const same = s3.client.send(new GetObjectCommand({ Bucket, Key: 'cached', IfNoneMatch: ETag }));
      await expect(same).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
      const other = s3.client.send(
        new GetObjectCommand({ Bucket, Key: 'cached', IfMatch: `"${md5(Buffer.from('else'))}"` }),
      );
      await expect(other).rejects.toMatchObject({ name: 'PreconditionFailed' });
    });
  });

  describe('listing', () => {
    beforeAll(async () => {
      for (const key of ['z', 'a/2 +ü', 'a/1', 'a/10', 'b', 'a/\uFFFD', 'a/😀', 'B'])
        await s3.put(`list/${key}`, key);
    });
    // By the bytes of UTF-8: U+FFFD before U+1F600, which UTF-16 would turn round.
    const inOrder = ['list/a/1', 'list/a/10', 'list/a/2 +ü', 'list/a/\uFFFD', 'list/a/😀'];

    it('lists by prefix in the order of bytes, page by page', async () => {
      const found: string[] = [];
      let ContinuationToken: string | undefined;
      let pages = 0;
      do {
        const page = await s3.client.send(
          new ListObjectsV2Command({ Bucket, Prefix: 'list/a/', MaxKeys: 2, ContinuationToken }),
        );
        expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
        expect(page.KeyCount).toBe(page.Contents!.length);
        found.push(...page.Contents!.map(({ Key }) => Key!));
        ContinuationToken = page.NextContinuationToken;
        pages++;
      } while (ContinuationToken !== undefined);
      expect([found, pages]).toEqual([inOrder, 3]);
    });

    it('lists nothing, some, and what follows a key', async () => {
      const none = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/none' }));
      expect(none).toMatchObject({ KeyCount: 0, IsTruncated: false });
      const after = await s3.client.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', StartAfter: 'list/b' }),
      );
      expect(after.Contents!.map(({ Key }) => Key)).toEqual(['list/z']);
      expect(after.Contents![0]).toMatchObject({ Size: 1, ETag: `"${md5(Buffer.from('z'))}"` });
    });

    it('encodes keys as in a form when asked to', async () => {
      const page = await s3.client.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/a/2', EncodingType: 'url' }),
      );
      expect(page.Contents!.map(({ Key }) => Key)).toEqual(['list/a/2+%2B%C3%BC']);
    });
  });
});

describe('the embedded S3', () => {
  const s3 = new S3UnderTest();

  it('leaves nothing of an object that is replaced', async () => {
    await s3.put('replaced', 'old');
    const before = (await readdir(join(s3.dataDir, 'objects'))).length;
    await s3.put('replaced', 'new');
    expect(await readdir(join(s3.dataDir, 'objects'))).toHaveLength(before);
  });

  it('says when an object came', async () => {
    const earliest = Math.floor(Date.now() / 1000) * 1000;
    await s3.put('timed', 'bytes');
    const { LastModified } = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'timed' }));
    expect(LastModified!.getTime()).toBeGreaterThanOrEqual(earliest);
    expect(LastModified!.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it.each(ODD_KEYS)('shows the key %j under a signed address', async (Key) => {
    await s3.put(Key, Key);
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key }));
    expect((await sendHttp(url, 'GET')).status).toBe(200);
  });

  describe('our adapter', () => {
    const tenant = parseTenantId('acme');
    const store = () => s3ObjectStore(s3.client, Bucket, { nowMs: () => Date.now() });

    it('puts, gets, shows and removes', async () => {
      const key = 'uploads/acme/Käse + 100%.jpg';
      await store().put(tenant, key, Buffer.from('bytes'), 'image/jpeg');
      expect(await store().get(tenant, key, 5)).toEqual({
        bytes: new Uint8Array(Buffer.from('bytes')),
        contentType: 'image/jpeg',
      });
      await expect(store().get(tenant, key, 4)).rejects.toMatchObject({ kind: 'too_large' });
      const shown = await fetch(await s3.addresses().urlFor(tenant, key, undefined));
      expect([await shown.text(), shown.headers.get('content-type')]).toEqual(['bytes', 'image/jpeg']);
      const as = { contentType: 'application/octet-stream', disposition: 'attachment; filename="K_se.bin"' };
      const saved = await fetch(await s3.addresses().urlFor(tenant, key, as));
      expect([saved.headers.get('content-type'), saved.headers.get('content-disposition')]).toEqual([
        as.contentType,
        as.disposition,
      ]);
      const forged = (await s3.addresses().urlFor(tenant, key, as)).replace('octet-stream', 'html');
      expect((await fetch(forged)).status).toBe(403);
      await store().removeUnder(tenant, key, () => true);
      await expect(store().get(tenant, key, 5)).rejects.toMatchObject({ kind: 'not_found' });
    });
  });
});
