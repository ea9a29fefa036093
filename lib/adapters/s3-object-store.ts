import { GetObjectCommand, PutObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { GlossError } from '../domain/errors.ts';
import { isFromBefore } from '../domain/stray.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Clock } from '../ports/runtime.ts';
import { isRefusal, isThere, refusedByS3 } from './s3-refusals.ts';
import {
  listVersions,
  notAfter,
  removeVersions,
  type ObjectVersion,
  type VersionsPage,
} from './s3-versions.ts';

/** Long enough for a large file on a slow line. */
const FORM_LIVES_SEC = 900;
/** What S3 answers to a conditional put when another object is there, or comes at the same time, or none is. */
const REPLACED: ReadonlySet<string> = new Set([
  'PreconditionFailed',
  'ConditionalRequestConflict',
  'NoSuchKey',
]);
/** S3 replaces this in a form's key by the file name of the browser. A key with it would not be exact. */
const FILE_NAME = '${filename}';

/** Objects in one S3 bucket, as far as the client's credentials reach; s3-addresses.ts signs addresses of them. */
export function s3ObjectStore(client: S3Client, bucket: string, clock: Clock): Omit<ObjectStore, 'urlFor'> {
  return {
    async get(_tenant, key, maxBytes) {
      const object = await s3(
        client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(async (error: unknown) => {
          if (isRefusal(error) && !(await isThere(client, bucket, key))) throw noSuchObject(error);
          throw error;
        }),
      );
      const body = object.Body!;
      if ((object.ContentLength ?? 0) > maxBytes) {
        if ('destroy' in body) body.destroy();
        throw new GlossError(
          'too_large',
          'too_many_bytes',
          `the file has ${object.ContentLength!} bytes; at most ${maxBytes} are taken`,
        );
      }
      return { bytes: await s3(body.transformToByteArray()), contentType: object.ContentType };
    },

    async put(_tenant, key, bytes, contentType) {
      await s3(
        client.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType }),
        ),
      );
    },

    async replace(_tenant, Key, IfMatch, Body, ContentType) {
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key, IfMatch, Body, ContentType }));
      } catch (cause) {
        if (cause instanceof S3ServiceException && REPLACED.has(cause.name))
          throw new GlossError('conflict', 'object_changed', 'another object is there by now', { cause });
        await s3(Promise.reject(cause as Error));
      }
    },

    async removeUnder(_tenant, prefix, isToGo) {
      for (let page: VersionsPage | undefined; !page || page.next;) {
        page = await s3(listVersions(client, bucket, prefix, page?.next));
        const toGo = page.versions.filter(({ key }) => isToGo(key));
        await s3(removeVersions(client, bucket, toGo));
      }
    },

    async removeOwn(_tenant, key, owner) {
      const versions = await s3(versionsOf(client, bucket, key));
      const own = versions.filter(({ storedAtMs }) => !isFromBefore(storedAtMs, owner));
      await s3(removeVersions(client, bucket, own));
    },

    async removeSeen(_tenant, key, seen, owner) {
      const versions = notAfter(await s3(versionsOf(client, bucket, key)), seen);
      const own = versions.filter(({ storedAtMs }) => !isFromBefore(storedAtMs, owner));
      await s3(removeVersions(client, bucket, own));
    },

    isThere: (_tenant, key, versionId) => s3(isThere(client, bucket, key, versionId)),

    hasVersions: async (_tenant, key) => (await s3(versionsOf(client, bucket, key))).length > 0,

    async removeFromBefore(_tenant, key, beforeMs) {
      const versions = await s3(versionsOf(client, bucket, key));
      const old = versions.filter(({ storedAtMs }) => isFromBefore(storedAtMs, { createdAtMs: beforeMs }));
      await s3(removeVersions(client, bucket, old));
    },

    async uploadTarget(_tenant, key, { bytes, contentType, sha256 }) {
      if (key.includes(FILE_NAME)) {
        const message = `a name must not hold "${FILE_NAME}", which S3 would replace`;
        throw new GlossError('invalid', 'image_name', message, { place: { field: 'name' } });
      }
      // A form is signed by this machine's clock, which may be wrong, and this.
      client.config.systemClockOffset = clock.nowMs() - Date.now();
      const { url, fields } = await createPresignedPost(client, {
        Bucket: bucket,
        Key: key,
        Fields: { 'Content-Type': contentType, ...(sha256 !== undefined && checksumFields(sha256)) },
        Conditions: [['content-length-range', bytes, bytes]],
        Expires: FORM_LIVES_SEC,
      });
      return { url, fields, expiresAtMs: clock.nowMs() + FORM_LIVES_SEC * 1000 };
    },
  };
}

/** S3 refuses other content ("POST Object", Amazon S3 API Reference). */
const checksumFields = (sha256: string): Record<string, string> => ({
  'x-amz-checksum-algorithm': 'SHA256',
  'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
});

/** All versions and delete markers of one key. */
async function versionsOf(
  client: S3Client,
  bucket: string,
  wanted: string,
): Promise<readonly ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  let after: VersionsPage['next'];
  do {
    const page = await listVersions(client, bucket, wanted, after);
    found.push(...page.versions.filter(({ key }) => key === wanted));
    after = page.next;
  } while (after?.key === wanted); // what begins with the key comes behind it
  return found;
}

const MISSING: ReadonlySet<string> = new Set(['NoSuchKey', 'NotFound']);
const noSuchObject = (cause: unknown) =>
  new GlossError('not_found', 'object_not_found', 'there is no such object', { cause });

/** Runs an S3 request and translates its errors to GlossError. */
async function s3<Result>(request: Promise<Result>): Promise<Result> {
  try {
    return await request;
  } catch (cause) {
    if (cause instanceof GlossError) throw cause;
    if (cause instanceof S3ServiceException) {
      if (MISSING.has(cause.name)) throw noSuchObject(cause);
      if (isRefusal(cause)) throw refusedByS3(cause);
      if (cause.name === 'SlowDown')
        throw new GlossError('throttled', 'objects_throttled', 'S3 is busy', { cause });
    }
    throw new GlossError('unavailable', 'objects_unavailable', 'S3 did not answer', { cause });
  }
}
