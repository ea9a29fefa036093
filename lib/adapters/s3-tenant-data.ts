import type { S3Client } from '@aws-sdk/client-s3';
import type { TenantId } from '../domain/ids.ts';
import { foldersOf } from '../domain/object-key.ts';
import { isFromBefore } from '../domain/stray.ts';
import type { TenantData } from '../ports/tenant-data.ts';
import { listVersions, removeVersions, type VersionsPage } from './s3-versions.ts';

/** Where a sweep goes on: the folder by its place in `foldersOf`, and the version in it. */
interface Place {
  readonly folder: number;
  readonly after?: VersionsPage['next'];
}

/**
 * What a bucket holds of a tenant: its originals and thumbnails, with every version and delete marker. What was stored
 * before the tenant was made is not its own.
 * @param clientOf may list and remove versions in the folders of this tenant only
 */
export function s3TenantData(clientOf: (tenant: TenantId) => Promise<S3Client>, bucket: string): TenantData {
  return {
    holds: 'objects',
    async sweep(owner, start) {
      const tenant = owner.id;
      const client = await clientOf(tenant);
      const { folder, after }: Place = start === undefined ? { folder: 0 } : (JSON.parse(start) as Place);
      const folders = foldersOf(tenant);
      const page = await listVersions(client, bucket, folders[folder]!, after);
      const own = page.versions.filter(({ storedAtMs }) => !isFromBefore(storedAtMs, owner));
      await removeVersions(client, bucket, own);
      const next: Place | undefined = page.next
        ? { folder, after: page.next }
        : folder + 1 < folders.length
          ? { folder: folder + 1 }
          : undefined;
      return {
        scanned: page.versions.length,
        removed: own.length,
        ...(next && { next: JSON.stringify(next) }),
      };
    },
  };
}
