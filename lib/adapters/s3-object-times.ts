import { HeadObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { GlossError } from '../domain/errors.ts';
import type { ObjectTimes } from '../ports/object-times.ts';

/** Without the right to list the bucket, S3 answers 403 for a missing object. */
const MISSING: ReadonlySet<number | undefined> = new Set([403, 404]);

/** When objects were stored in an S3 bucket, by HeadObject. */
export function s3ObjectTimes(client: S3Client, bucket: string): ObjectTimes {
  const find: ObjectTimes['find'] = async (_tenant, key) => {
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return {
        storedAtMs: head.LastModified!.getTime(),
        bytes: head.ContentLength ?? 0,
        eTag: head.ETag!,
        ...(head.VersionId !== undefined && { versionId: head.VersionId }),
      };
    } catch (cause) {
      if (cause instanceof S3ServiceException && MISSING.has(cause.$metadata.httpStatusCode))
        return undefined;
      throw new GlossError('unavailable', 'objects_unavailable', 'S3 did not answer', { cause });
    }
  };
  return { find };
}
