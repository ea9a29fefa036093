import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';
import { GlossError } from '../domain/errors.ts';
import { secondOf } from '../domain/seen-object.ts';

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly storedAtMs: number;
  readonly isMarker: boolean;
  /** Whether it is what the key shows now: the object, or for a marker that there is none. */
  readonly isLatest: boolean;
  /** 0 and empty for a marker. */
  readonly bytes: number;
  readonly eTag: string;
}

export interface VersionsPage {
  readonly versions: readonly ObjectVersion[];
  /** Where the next page begins; absent on the last. Without a version behind all versions of the key. */
  readonly next?: { readonly key: string; readonly versionId?: string };
}

/** A page of all versions and delete markers under a prefix, by key, the newest of a key first. */
export async function listVersions(
  client: S3Client,
  bucket: string,
  prefix: string,
  after?: VersionsPage['next'],
): Promise<VersionsPage> {
  const page = await client.send(
    new ListObjectVersionsCommand({
      Bucket: bucket,
      Prefix: prefix,
      ...(after && {
        KeyMarker: after.key,
        ...(after.versionId !== undefined && { VersionIdMarker: after.versionId }),
      }),
    }),
  );
  const versions = [
    ...(page.Versions ?? []).map((version) => ({ ...version, isMarker: false })),
    ...(page.DeleteMarkers ?? []).map((marker) => ({ ...marker, Size: 0, ETag: '', isMarker: true })),
  ].map(({ Key, VersionId, LastModified, IsLatest, Size, ETag, isMarker }): ObjectVersion => ({
    key: Key!,
    versionId: VersionId!,
    storedAtMs: LastModified!.getTime(),
    isMarker,
    isLatest: IsLatest === true,
    bytes: Size ?? 0,
    eTag: ETag ?? '',
  }));
  if (page.IsTruncated !== true) return { versions };
  return { versions, next: { key: page.NextKeyMarker!, versionId: page.NextVersionIdMarker! } };
}

/**
 * Of the versions of one key, as they are listed: the one that was seen and those before it. Versions of one second are
 * told apart by their order. A delete marker has no place in that order, so one of that second goes only if no later
 * version would be left without it.
 */
export function notAfter(
  versions: readonly ObjectVersion[],
  seen: { readonly storedAtMs: number; readonly versionId?: string },
): readonly ObjectVersion[] {
  const objects = versions.filter(({ isMarker }) => !isMarker);
  const at = objects.findIndex(
    ({ versionId, storedAtMs }) =>
      versionId === (seen.versionId ?? UNVERSIONED) && secondOf(storedAtMs) === secondOf(seen.storedAtMs),
  );
  const isOlder = ({ storedAtMs }: ObjectVersion) => secondOf(storedAtMs) < secondOf(seen.storedAtMs);
  // Somebody has removed the one that was seen, so its second tells nothing.
  const old = at === -1 ? objects.filter(isOlder) : objects.slice(at);
  const markers = versions.filter(
    (version) =>
      version.isMarker &&
      (isOlder(version) || (at === 0 && secondOf(version.storedAtMs) === secondOf(seen.storedAtMs))),
  );
  return [...old, ...markers];
}

/** What S3 calls the version of an object that was stored in a bucket without versions. */
const UNVERSIONED = 'null';

/** The most that one request removes: DeleteObjects, Amazon S3 API Reference. */
const MAX_DELETES = 1_000;

/**
 * Removes versions for good, the oldest first, so that none of them becomes the current one on the way.
 * @throws GlossError `unavailable` when S3 does not remove all of them.
 */
export async function removeVersions(
  client: S3Client,
  bucket: string,
  versions: readonly ObjectVersion[],
): Promise<void> {
  const oldestFirst = versions.toSorted((a, b) => a.storedAtMs - b.storedAtMs);
  for (let start = 0; start < oldestFirst.length; start += MAX_DELETES) {
    const Objects = oldestFirst
      .slice(start, start + MAX_DELETES)
      .map(({ key, versionId }): ObjectIdentifier => ({ Key: key, VersionId: versionId }));
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0)
      throw new GlossError('unavailable', 'objects_unavailable', `S3 did not remove ${Errors[0]!.Key!}`);
  }
}
