import {
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { Bucket, S3UnderTest } from '../support/s3.ts';

/** What tools ask of a bucket. Source: "ListObjects", "ListObjectsV2" and "ListBuckets", S3 API reference. */

const s3 = new S3UnderTest();
const KEYS = ['a/1', 'a/2/x', 'a/2/y', 'a/3', 'a0', 'b/', 'b/1', 'c', 'ü/1', '😀/1'];
beforeAll(async () => {
  for (const key of KEYS) await s3.put(key, 'x');
});

/** All pages of a listing: keys, and common prefixes in brackets. */
async function pagesOf(
  version: 1 | 2,
  { Prefix, Delimiter, MaxKeys }: { Prefix?: string; Delimiter?: string; MaxKeys?: number },
): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const asked = { Bucket, Prefix, Delimiter, MaxKeys };
    const {
      Contents = [],
      CommonPrefixes = [],
      IsTruncated,
      next,
    } = await (version === 1 ? first() : second());
    const keys = Contents.map(({ Key }) => Key!);
    pages.push([...keys, ...CommonPrefixes.map((common) => `(${common.Prefix!})`)]);
    // The first version names the next key only with a delimiter.
    after = IsTruncated ? (next ?? keys.at(-1)) : undefined;
    async function first() {
      const page = await s3.client.send(new ListObjectsCommand({ ...asked, Marker: after }));
      return { ...page, next: page.NextMarker };
    }
    async function second() {
      const page = await s3.client.send(new ListObjectsV2Command({ ...asked, ContinuationToken: after }));
      expect(page.KeyCount).toBe((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
      return { ...page, next: page.NextContinuationToken };
    }
  } while (after !== undefined);
  return pages;
}

describe.each([1, 2] as const)('version %i of listings', (version) => {
  it('shows all keys in the order of their bytes', async () => {
    expect(await pagesOf(version, {})).toEqual([KEYS]);
    expect((await pagesOf(version, { MaxKeys: 3 })).flat()).toEqual(KEYS);
  });

  it('shows what lies in folders as one', async () => {
    expect(await pagesOf(version, { Delimiter: '/' })).toEqual([
      ['a0', 'c', '(a/)', '(b/)', '(ü/)', '(😀/)'],
    ]);
    expect(await pagesOf(version, { Delimiter: '/', Prefix: 'a/' })).toEqual([['a/1', 'a/3', '(a/2/)']]);
    expect(await pagesOf(version, { Delimiter: '/', Prefix: 'b/' })).toEqual([['b/', 'b/1']]);
    expect(await pagesOf(version, { Delimiter: '/2', Prefix: 'a' })).toEqual([['a/1', 'a/3', 'a0', '(a/2)']]);
  });

  it.each([1, 2, 3])('shows each folder once, %i a page', async (MaxKeys) => {
    const pages = await pagesOf(version, { Delimiter: '/', MaxKeys });
    expect(pages.flat().toSorted()).toEqual(['(a/)', '(b/)', '(ü/)', '(😀/)', 'a0', 'c'].toSorted());
    expect(pages.map((page) => page.length)).toEqual(Array.from({ length: 6 / MaxKeys }, () => MaxKeys));
  });
});

it('buckets are listed, with where they are and what they keep', async () => {
  const { client } = s3;
  await s3.createBucket('another', { versioned: true });
  const { Buckets = [] } = await client.send(new ListBucketsCommand());
  expect(Buckets.map(({ Name }) => Name)).toEqual(['another', Bucket]);
  for (const { CreationDate } of Buckets)
    expect(Math.abs(Date.now() - CreationDate!.getTime())).toBeLessThan(600_000);
  // Buckets of this region have none.
  const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket }));
  expect(LocationConstraint ?? '').toBe('');
  const statusOf = async (name: string) =>
    (await client.send(new GetBucketVersioningCommand({ Bucket: name }))).Status;
  expect([await statusOf('another'), await statusOf(Bucket)]).toEqual(['Enabled', undefined]);
});

it('what says what an object is anyway does no harm', async () => {
  for (const harmless of [
    { ACL: 'private' },
    { ACL: 'bucket-owner-full-control' },
    { ServerSideEncryption: 'AES256' },
    { StorageClass: 'STANDARD' },
  ] as const)
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'x', ...harmless }));
});

it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('%s is compared', async (algorithm) => {
  const put = (more: object) =>
    s3.client.send(new PutObjectCommand({ Bucket, Key: 'c', Body: '123456789', ...more }));
  await put({ ChecksumAlgorithm: algorithm });
  // "Check" values of the catalogue of CRC algorithms, and digests by OpenSSL.
  const right = {
    CRC32: 'y/Q5Jg==',
    CRC32C: '4waSgw==',
    CRC64NVME: 'rosUhgp5mIg=',
    SHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
    SHA256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
  }[algorithm];
  await put({ [`Checksum${algorithm}`]: right });
  const wrong = Buffer.alloc({ CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }[algorithm]);
  await expect(put({ [`Checksum${algorithm}`]: wrong.toString('base64') })).rejects.toMatchObject({
    name: 'BadDigest',
  });
});

describe('a read on a condition of time', () => {
  const at = { Bucket, Key: 'c' };
  const past = new Date(0);
  const future = new Date(Date.now() + 3_600_000);

  it('is answered where the object has changed since, or has not', async () => {
    await s3.client.send(new GetObjectCommand({ ...at, IfModifiedSince: past }));
    await s3.client.send(new GetObjectCommand({ ...at, IfUnmodifiedSince: future }));
    const statusOf = (sent: Promise<unknown>) =>
      sent.then(
        () => 200,
        (error: unknown) => (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode,
      );
    const conditions = [
      [{ IfModifiedSince: future }, 304],
      [{ IfUnmodifiedSince: past }, 412],
      // A tag counts alone.
      [{ IfModifiedSince: future, IfNoneMatch: '"0"' }, 200],
    ] as const;
    for (const [more, status] of conditions) {
      expect(await statusOf(s3.client.send(new GetObjectCommand({ ...at, ...more })))).toBe(status);
      expect(await statusOf(s3.client.send(new HeadObjectCommand({ ...at, ...more })))).toBe(status);
    }
  });
});
