import {
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import { GlossError } from '../domain/errors.ts';

/** S3 refused what our roles allow: a policy was changed, or the wrong credentials are used. Waiting may mend it. */
export const refusedByS3 = (cause: unknown) =>
  new GlossError('unavailable', 'objects_refused', 'S3 refuses access to an object', { cause });

/** Whether an error of the SDK is S3's 403: AccessDenied, or nothing but the status where the answer has no body (HEAD). */
export const isRefusal = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;

/**
 * Whether there is such an object, or such a version of it. Whoever may not list the whole bucket gets 403 for an object that is
 * missing and for one that is refused. Listing under the key itself takes a right to the tenant's part alone, and tells.
 */
export async function isThere(
  client: S3Client,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<boolean> {
  if (versionId === undefined) {
    const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 });
    // The key itself comes before all that only begins like it.
    return (await client.send(list)).Contents?.[0]?.Key === key;
  }
  let next: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...next }));
    const { Versions = [] } = page;
    if (Versions.some((version) => version.Key === key && version.VersionId === versionId)) return true;
    if (page.IsTruncated !== true || page.NextKeyMarker !== key) return false;
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}
