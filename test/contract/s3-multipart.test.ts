import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Bucket, connectS3, freshDir, S3UnderTest, startWithBucket } from '../support/s3.ts';

/** Uploads in parts, which tools begin at 5 to 8 MB. Source: "Uploading and copying objects using multipart upload", S3 user guide. */

const MIB = 1024 ** 2;
const FIRST = Buffer.alloc(5 * MIB, 'the first part of a photo, ');
const LAST = Buffer.alloc(1_000, 'the last part of a photo, ');
const WHOLE = Buffer.concat([FIRST, LAST]);

const s3 = new S3UnderTest();
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes);

async function begin(Key: string): Promise<string> {
  const asked = { Bucket, Key, ContentType: 'image/jpeg', Metadata: { taken: '2026' } };
  return (await s3.client.send(new CreateMultipartUploadCommand(asked))).UploadId!;
}

async function putPart(
  Key: string,
  UploadId: string,
  PartNumber: number,
  Body: Buffer,
): Promise<CompletedPart> {
  const { ETag } = await s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { ETag, PartNumber };
}

const complete = (Key: string, UploadId: string, Parts: CompletedPart[]) =>
  s3.client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

describe('an upload in parts', () => {
  it('is an object with one event when it is completed, and nothing before', async () => {
    const Key = 'in-parts.jpg';
    const id = await begin(Key);
    // In any order, and one of them twice: the last one counts.
    const last = await putPart(Key, id, 9, LAST);
    await putPart(Key, id, 2, LAST);
    const first = await putPart(Key, id, 2, FIRST);
    await expect(s3.get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(s3.recordsOf(Key)).toEqual([]);

    const { ETag } = await complete(Key, id, [first, last]);
    const digests = Buffer.concat([md5(FIRST).digest(), md5(LAST).digest()]);
    expect(ETag).toBe(`"${md5(digests).digest('hex')}-2"`);
    expect(WHOLE.equals(await s3.get(Key))).toBe(true);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentType: 'image/jpeg', Metadata: { taken: '2026' }, ETag });
    expect(s3.recordsOf(Key)).toMatchObject([
      {
        eventName: 'ObjectCreated:CompleteMultipartUpload',
        s3: { object: { size: FIRST.length + LAST.length, eTag: ETag!.replaceAll('"', '') } },
      },
    ]);
    await expect(complete(Key, id, [first, last])).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('leaves nothing when it is aborted', async () => {
    const Key = 'aborted.jpg';
    const UploadId = await begin(Key);
    const part = await putPart(Key, UploadId, 1, LAST);
    await s3.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    await expect(complete(Key, UploadId, [part])).rejects.toMatchObject({
      name: 'NoSuchUpload',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(s3.get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('is listed with its parts, page by page', async () => {
    const Key = 'listed.jpg';
    const UploadId = await begin(Key);
    for (const number of [3, 1, 2]) await putPart(Key, UploadId, number, LAST);
    const { Uploads } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'listed' }));
    expect(Uploads).toMatchObject([{ Key, UploadId }]);
    const page = await s3.client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
    const asked = { Bucket, Key, UploadId, PartNumberMarker: page.NextPartNumberMarker };
    const rest = await s3.client.send(new ListPartsCommand(asked));
    expect([...page.Parts!, ...rest.Parts!].map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, LAST.length],
      [2, LAST.length],
      [3, LAST.length],
    ]);
    expect(rest.IsTruncated).toBe(false);
  });

  it('takes parts of objects that are there', async () => {
    await s3.put('source.jpg', WHOLE);
    const Key = 'copied-in-parts.jpg';
    const UploadId = await begin(Key);
    const at = { Bucket, Key, UploadId, CopySource: `${Bucket}/source.jpg` };
    const ranges = [`bytes=0-${FIRST.length - 1}`, `bytes=${FIRST.length}-${FIRST.length + LAST.length - 1}`];
    const parts: CompletedPart[] = [];
    for (const [i, CopySourceRange] of ranges.entries()) {
      const asked = new UploadPartCopyCommand({ ...at, PartNumber: i + 1, CopySourceRange });
      parts.push({ PartNumber: i + 1, ETag: (await s3.client.send(asked)).CopyPartResult!.ETag });
    }
    await complete(Key, UploadId, parts);
    expect(WHOLE.equals(await s3.get(Key))).toBe(true);
    const another = { ...at, UploadId: await begin(Key) };
    const refused = new UploadPartCopyCommand({ ...another, PartNumber: 3, CopySourceIfMatch: '"0"' });
    await expect(s3.client.send(refused)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it.each<[string, string, (first: CompletedPart, last: CompletedPart) => CompletedPart[]]>([
    ['parts in another order', 'InvalidPartOrder', (first, last) => [last, first]],
    ['a part that is not there', 'InvalidPart', (first) => [first, { ...first, PartNumber: 7 }]],
    ['a part that was replaced', 'InvalidPart', (first, last) => [first, { ...last, ETag: first.ETag }]],
    [
      'a small part before the last',
      'EntityTooSmall',
      (_, last) => [
        { ...last, PartNumber: 3 },
        { ...last, PartNumber: 4 },
      ],
    ],
  ])('is not completed with %s', async (what, name, partsOf) => {
    const Key = `${what}.jpg`;
    const id = await begin(Key);
    const first = await putPart(Key, id, 1, FIRST);
    const last = await putPart(Key, id, 2, LAST);
    for (const number of [3, 4]) await putPart(Key, id, number, LAST);
    await expect(complete(Key, id, partsOf(first, last))).rejects.toMatchObject({ name });
    await complete(Key, id, [first, last]);
    expect(WHOLE.equals(await s3.get(Key))).toBe(true);
  });

  it('has parts 1 to 10,000', async () => {
    const id = await begin('numbers.jpg');
    for (const number of [0, 10_001])
      await expect(putPart('numbers.jpg', id, number, LAST)).rejects.toMatchObject({
        name: 'InvalidArgument',
      });
    await putPart('numbers.jpg', id, 10_000, LAST);
  });

  it('compares the checksum of the whole', async () => {
    const Key = 'checked.jpg';
    const UploadId = await begin(Key);
    const parts = [await putPart(Key, UploadId, 1, LAST)];
    const asked = { Bucket, Key, UploadId, MultipartUpload: { Parts: parts } };
    // That of no bytes.
    const wrong = new CompleteMultipartUploadCommand({ ...asked, ChecksumCRC64NVME: 'AAAAAAAAAAA=' });
    await expect(s3.client.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  });
});

it('parts outlive a restart', async () => {
  const dataDir = await freshDir();
  const onEvent = () => Promise.resolve();
  const before = await startWithBucket({ dataDir, onEvent });
  const Key = 'k';
  const client = connectS3(before.endpoint);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const asked = { Bucket, Key, UploadId, PartNumber: 1 };
  const { ETag } = await client.send(new UploadPartCommand({ ...asked, Body: LAST }));
  await before.close();
  const after = await startWithBucket({ dataDir, onEvent });
  const again = connectS3(after.endpoint);
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await again.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
  expect(await s3.get(Key, again)).toEqual(LAST);
  await after.close();
});
