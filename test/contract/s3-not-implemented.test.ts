import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import { Bucket, S3UnderTest } from '../support/s3.ts';

/** A call that succeeds and does nothing would hide a fault until the service is deployed. */

const Key = 'kept';
const at = { Bucket, Key };
const body = { ...at, Body: 'changed' };
const tags = { TagSet: [{ Key: 'a', Value: 'b' }] };

const REQUESTS: Readonly<Record<string, (client: S3Client) => Promise<unknown>>> = {
  versioning: (s3) =>
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })),
  tagging: (s3) => s3.send(new PutObjectTaggingCommand({ ...at, Tagging: tags })),
  'tags with a put': (s3) => s3.send(new PutObjectCommand({ ...body, Tagging: 'a=b' })),
  'access lists': (s3) => s3.send(new GetObjectAclCommand(at)),
  'an access list with a put': (s3) => s3.send(new PutObjectCommand({ ...body, ACL: 'public-read' })),
  encryption: (s3) => s3.send(new PutObjectCommand({ ...body, ServerSideEncryption: 'aws:kms' })),
  'another storage class': (s3) => s3.send(new PutObjectCommand({ ...body, StorageClass: 'GLACIER' })),
  'copies with tags': (s3) =>
    s3.send(new CopyObjectCommand({ ...at, CopySource: `${Bucket}/other`, Tagging: 'a=b' })),
  'tags with an upload in parts': (s3) =>
    s3.send(new CreateMultipartUploadCommand({ ...at, Tagging: 'a=b' })),
  'conditional deletes': (s3) => s3.send(new DeleteObjectCommand({ ...at, IfMatch: '"0"' })),
  'headers of its own choice': (s3) =>
    s3.send(new GetObjectCommand({ ...at, ResponseCacheControl: 'no-store' })),
  'owners in listings': (s3) => s3.send(new ListObjectsV2Command({ Bucket, FetchOwner: true })),
  'folders in listings of versions': (s3) =>
    s3.send(new ListObjectVersionsCommand({ Bucket, Delimiter: '/' })),
  'other checksums': (s3) => s3.send(new PutObjectCommand({ ...body, ChecksumMD5: 'AAAAAA==' })),
};

const s3 = new S3UnderTest();
beforeAll(async () => {
  await s3.put(Key, 'as it was');
});

it.each(Object.entries(REQUESTS))('%s: refused, and nothing changes', async (_, send) => {
  await expect(send(s3.client)).rejects.toMatchObject({
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501 },
  });
  expect((await s3.get(Key)).toString()).toBe('as it was');
  expect(s3.records).toHaveLength(1);
});
