import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { isTenantId, type TenantId } from '../domain/ids.ts';
import { thumbnailFolder, uploadFolder, UPLOADS } from '../domain/object-key.ts';
import type { FolderNames, ObjectLists } from '../ports/object-lists.ts';

/** Objects in an S3 bucket, by ListObjectsV2. */
export function s3ObjectLists(client: S3Client, bucket: string): ObjectLists {
  const listed =
    (folderOf: (tenant: TenantId) => string): ObjectLists['originals'] =>
    async (tenant, after) => {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: folderOf(tenant),
          ...(after !== undefined && { StartAfter: after }),
        }),
      );
      const objects = (page.Contents ?? []).map(({ Key, Size, LastModified, ETag }) => ({
        key: Key!,
        bytes: Size ?? 0,
        storedAtMs: LastModified!.getTime(),
        eTag: ETag!,
      }));
      const next = page.IsTruncated === true ? objects.at(-1)?.key : undefined;
      return next === undefined ? { objects } : { objects, next };
    };
  return { originals: listed(uploadFolder), thumbnails: listed(thumbnailFolder) };
}

/**
 * Names of folders under `uploads/` in an S3 bucket: of each folder the first key is listed, and the next request begins
 * behind the folder. Folders that no tenant can have are passed over.
 */
export function s3FolderNames(client: S3Client, bucket: string): FolderNames {
  /** The folder of the first key behind a place. */
  async function folderAfter(place: string | undefined): Promise<string | undefined> {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: UPLOADS,
        MaxKeys: 1,
        ...(place !== undefined && { StartAfter: place }),
      }),
    );
    return page.Contents?.[0]?.Key;
  }
  return {
    async names({ limit, after }) {
      const names: TenantId[] = [];
      let place = after && behind(after);
      for (;;) {
        const key = await folderAfter(place);
        if (key === undefined) return { names };
        const [name, ...rest] = key.slice(UPLOADS.length).split('/') as [string, ...string[]];
        // An object outside of all folders.
        if (rest.length === 0) place = key;
        else {
          if (isTenantId(name)) names.push(name);
          place = behind(name);
        }
        const last = names.at(-1);
        if (last !== undefined && names.length === limit) return { names, next: last };
      }
    },
  };
}

/** In the order of keys, "0" comes next to "/". */
const behind = (folder: string): string => `${UPLOADS}${folder}0`;
