import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { isTenantId, type TenantId } from '../domain/ids.ts';
import { thumbnailFolder, uploadFolder, UPLOADS } from '../domain/object-key.ts';
import { compareUtf8 } from '../index/bytes/utf8-order.ts';
import type { FolderNames, ListedKey, ListedObject, ObjectLists } from '../ports/object-lists.ts';
import { listVersions, type ObjectVersion } from './s3-versions.ts';

/** Objects in an S3 bucket: originals by ListObjectVersions, thumbnails by ListObjectsV2. */
export function s3ObjectLists(client: S3Client, bucket: string): ObjectLists {
  return {
    async originals(tenant, after) {
      const prefix = uploadFolder(tenant);
      let page = await listVersions(client, bucket, prefix, after === undefined ? undefined : { key: after });
      const versions = [...page.versions];
      // A page may end amid the versions of a key. The next one begins with that key, unless this page has no other.
      while (page.next && versions.every(({ key }) => key === versions[0]!.key)) {
        page = await listVersions(client, bucket, prefix, page.next);
        versions.push(...page.versions);
      }
      const keys = [...Map.groupBy(versions, ({ key }) => key)]
        .map(([key, ofKey]) => listedKey(key, ofKey))
        .sort((a, b) => compareUtf8(a.key, b.key));
      if (!page.next) return { objects: keys };
      const objects = keys.slice(0, -1);
      return { objects, next: objects.at(-1)!.key };
    },
    async thumbnails(tenant, after) {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: thumbnailFolder(tenant),
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
    },
  };
}

function listedKey(key: string, versions: readonly ObjectVersion[]): ListedKey {
  const objects = versions.filter(({ isMarker }) => !isMarker);
  const current = objects.find(({ isLatest }) => isLatest);
  return {
    key,
    ...(current && { current: asListed(current) }),
    older: objects.filter((version) => version !== current).map(asListed),
    changedAtMs: Math.max(...versions.map(({ storedAtMs }) => storedAtMs)),
  };
}

const asListed = ({ key, bytes, storedAtMs, eTag }: ObjectVersion): ListedObject => ({
  key,
  bytes,
  storedAtMs,
  eTag,
});

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
