import { HeadObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { GlossError } from '../domain/errors.ts';
import type { FoundObject, ObjectTimes } from '../ports/object-times.ts';
import { isRefusal, isThere, refusedByS3 } from './s3-refusals.ts';

/** When objects were stored in an S3 bucket, by HeadObject. */
export function s3ObjectTimes(client: S3Client, bucket: string): ObjectTimes {
  /** @param isLast whether S3 has refused what is there by now once before */
  async function head(key: string, isLast = false): Promise<FoundObject | undefined> {
    try {
      const found = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
      );
      const sha256 = sha256Of(found.ChecksumSHA256);
      return {
        storedAtMs: found.LastModified!.getTime(),
        bytes: found.ContentLength ?? 0,
        eTag: found.ETag!,
        ...(sha256 !== undefined && { sha256 }),
        ...(found.VersionId !== undefined && { versionId: found.VersionId }),
      };
    } catch (cause) {
      if (cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 404) return undefined;
      if (!isRefusal(cause)) throw cause;
      if (!(await isThere(client, bucket, key))) return undefined;
      if (isLast) throw refusedByS3(cause);
      // It may have come between the two requests.
      return head(key, true);
    }
  }
  return {
    async find(_tenant, key) {
      try {
        return await head(key);
      } catch (cause) {
        if (cause instanceof GlossError) throw cause;
        if (isRefusal(cause)) throw refusedByS3(cause);
        throw new GlossError('unavailable', 'objects_unavailable', 'S3 did not answer', { cause });
      }
    },
  };
}

/** S3 tells it in base64. That of an object that came in parts is of their digests, and has their number behind it. */
const sha256Of = (checksum: string | undefined): string | undefined =>
  checksum === undefined || checksum.includes('-')
    ? undefined
    : Buffer.from(checksum, 'base64').toString('hex');
