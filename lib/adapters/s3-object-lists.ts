import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { foldersOf } from '../domain/object-key.ts';
import type { ObjectLists } from '../ports/object-lists.ts';

/** Originals in an S3 bucket, by ListObjectsV2. */
export function s3ObjectLists(client: S3Client, bucket: string): ObjectLists {
  return {
    async originals(tenant, after) {
      const [uploads] = foldersOf(tenant);
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: uploads,
          ...(after !== undefined && { StartAfter: after }),
        }),
      );
      const objects = (page.Contents ?? []).map(({ Key, Size, LastModified }) => ({
        key: Key!,
        bytes: Size ?? 0,
        storedAtMs: LastModified!.getTime(),
      }));
      const next = page.IsTruncated === true ? objects.at(-1)?.key : undefined;
      return next === undefined ? { objects } : { objects, next };
    },
  };
}
