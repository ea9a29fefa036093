import { DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { GlossError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import { foldersOf } from '../domain/object-key.ts';
import type { TenantData } from '../ports/tenant-data.ts';

/**
 * What a bucket holds of a tenant: its originals and thumbnails.
 * @param lister may list the bucket
 * @param removerFor may delete objects of this tenant only
 */
export function s3TenantData(
  lister: S3Client,
  bucket: string,
  removerFor: (tenant: TenantId) => S3Client,
): TenantData {
  return {
    holds: 'objects',
    async sweep(tenant, start) {
      const folders = foldersOf(tenant);
      const prefix = folders.find((folder) => start === undefined || start.startsWith(folder))!;
      const page = await lister.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(start !== undefined && start !== prefix && { StartAfter: start }),
        }),
      );
      const keys = (page.Contents ?? []).map(({ Key }) => Key!);
      if (keys.length > 0) {
        const Objects = keys.map((Key) => ({ Key }));
        const { Errors = [] } = await removerFor(tenant).send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0)
          throw new GlossError('unavailable', 'objects_unavailable', `S3 did not remove ${Errors[0]!.Key!}`);
      }
      const next = page.IsTruncated ? keys.at(-1) : folders[folders.indexOf(prefix) + 1];
      return { scanned: keys.length, removed: keys.length, ...(next !== undefined && { next }) };
    },
  };
}
