import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  type CopyObjectCommandInput,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { startS3 } from '../../infra/local/servers/s3-server.ts';
import {
  ACCESS_KEY_ID,
  Bucket,
  connectS3,
  freshDir,
  REGION,
  S3UnderTest,
  SECRET_ACCESS_KEY,
} from '../support/s3.ts';

/** Copies, by which tools move objects. Source: "CopyObject", S3 API reference. */

const s3 = new S3UnderTest();
const FROM = 'Käse & Öl/+ 1.jpg';
const source = (bucket: string, key: string) => `${bucket}/${encodeURIComponent(key)}`;
const copy = (Key: string, more: Partial<CopyObjectCommandInput> = {}) =>
  s3.client.send(new CopyObjectCommand({ Bucket, Key, CopySource: source(Bucket, FROM), ...more }));
const headOf = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key }));

beforeAll(async () => {
  await s3.put(FROM, 'a photo', { ContentType: 'image/jpeg', Metadata: { taken: '2026' } });
});

describe('a copy', () => {
  it('has the bytes, the type and the words of its source, and an event', async () => {
    const { CopyObjectResult } = await copy('copied.jpg');
    expect((await s3.get('copied.jpg')).toString()).toBe('a photo');
    const { ETag, ContentType, Metadata } = await headOf('copied.jpg');
    expect({ ContentType, Metadata }).toEqual({ ContentType: 'image/jpeg', Metadata: { taken: '2026' } });
    expect(CopyObjectResult!.ETag).toBe(ETag);
    expect(s3.recordsOf('copied.jpg')).toMatchObject([{ eventName: 'ObjectCreated:Copy' }]);
  });

  it('has those of the request where it replaces them, also of itself', async () => {
    const more = { MetadataDirective: 'REPLACE', ContentType: 'image/png', Metadata: { by: 'us' } } as const;
    await copy('replaced.jpg', more);
    expect(await headOf('replaced.jpg')).toMatchObject({ ContentType: 'image/png', Metadata: { by: 'us' } });
    await s3.put('itself.jpg', 'x');
    const itself = { CopySource: source(Bucket, 'itself.jpg') };
    await expect(copy('itself.jpg', itself)).rejects.toMatchObject({ name: 'InvalidRequest' });
    await copy('itself.jpg', { ...itself, ...more });
    expect(await headOf('itself.jpg')).toMatchObject({ ContentType: 'image/png' });
    expect((await s3.get('itself.jpg')).toString()).toBe('x');
  });

  it('is of the version that is named, also of one that was deleted', async () => {
    await s3.createBucket('versions', { versioned: true });
    const { client } = s3;
    const { VersionId } = await client.send(
      new CopyObjectCommand({ Bucket: 'versions', Key: 'k', CopySource: source(Bucket, FROM) }),
    );
    await client.send(new DeleteObjectCommand({ Bucket: 'versions', Key: 'k' }));
    await expect(copy('back.jpg', { CopySource: 'versions/k' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await copy('back.jpg', { CopySource: `versions/k?versionId=${VersionId!}` });
    expect((await s3.get('back.jpg')).toString()).toBe('a photo');
  });

  it.each([
    ['another tag', { CopySourceIfMatch: '"0"' }],
    ['its own tag, which it must not have', { CopySourceIfNoneMatch: '*' }],
    ['no change since', { CopySourceIfModifiedSince: new Date(Date.now() + 60_000) }],
    ['a change since', { CopySourceIfUnmodifiedSince: new Date(0) }],
  ])('is not made on a condition that fails: %s', async (what, condition) => {
    await expect(copy(what, condition)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(s3.get(what)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it.each(['', 'photos', '/photos/', 'nowhere/%ff'])('has a source that is one: %j', async (CopySource) => {
    await expect(copy('none.jpg', { CopySource })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
  });
});

it('whoever may not read the source has no copy of it', async () => {
  const server = await startS3({
    region: REGION,
    dataDir: await freshDir(),
    onEvent: () => Promise.resolve(),
    secretFor: (id) => (id === ACCESS_KEY_ID ? SECRET_ACCESS_KEY : undefined),
    refusal: (_, { action, resource }) =>
      action === 's3:GetObject' && resource === 'arn:aws:s3:::photos/secret' ? 'no' : undefined,
  });
  await server.createBucket(Bucket);
  const client = connectS3(server.endpoint);
  const asked = { Bucket, Key: 'mine', CopySource: `${Bucket}/secret` };
  await expect(client.send(new CopyObjectCommand(asked))).rejects.toMatchObject({ name: 'AccessDenied' });
  await server.close();
});
