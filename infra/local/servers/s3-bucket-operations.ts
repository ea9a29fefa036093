import { xmlAnswer, type S3Answer } from './s3-answer.ts';
import { receiveXml } from './s3-body.ts';
import type { S3Database } from './s3-database.ts';
import { formEncodeKey } from './s3-encoding.ts';
import { S3Error } from './s3-error.ts';
import { MAX_KEYS } from './s3-list-objects.ts';
import { removeKey, type Requester, type Store } from './s3-operations.ts';
import type { S3Request } from './s3-request.ts';
import { element, unescapeXml } from './s3-xml.ts';

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function createBucket(
  { database }: Pick<Store, 'database'>,
  { bucket }: Pick<S3Request, 'bucket'>,
): S3Answer {
  if (!BUCKET_NAME.test(bucket)) {
    throw new S3Error(
      'InvalidBucketName',
      'a bucket name has 3 to 63 lower-case letters, digits, dots and hyphens',
    );
  }
  if (!database.createBucket(bucket)) {
    throw new S3Error(
      'BucketAlreadyOwnedByYou',
      'The bucket you tried to create already exists, and you own it.',
    );
  }
  return { status: 200, headers: { location: `/${bucket}` } };
}

/** ListBuckets. */
export function listBuckets({ database }: Pick<Store, 'database'>): S3Answer {
  const buckets = database.buckets().map(({ name, createdMs }) => {
    const fields = [element('Name', name), element('CreationDate', new Date(createdMs).toISOString())];
    return `<Bucket>${fields.join('')}</Bucket>`;
  });
  return xmlAnswer('ListAllMyBucketsResult', [`<Buckets>${buckets.join('')}</Buckets>`]);
}

/** ListObjectVersions without delimiter: each key's newest version first, delete markers among them. */
export function listVersions(
  { database }: { readonly database: S3Database },
  { bucket, query }: S3Request,
): S3Answer {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url')
    throw new S3Error('InvalidArgument', 'encoding-type must be url');
  if ((query.get('delimiter') ?? '') !== '')
    throw new S3Error('NotImplemented', 'delimiter: the local S3 lists all versions without folders');
  const prefix = query.get('prefix') ?? '';
  const after = query.get('key-marker') ?? '';
  const afterVersion = query.get('version-id-marker') ?? undefined;
  if (afterVersion !== undefined && after === '')
    throw new S3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  const limit = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), MAX_KEYS);
  const found = database.listVersions(bucket, { prefix, after, afterVersion, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const name = (key: string) => (encoding === 'url' ? formEncodeKey(key) : key);
  const versions = shown.map(({ key, versionId, isMarker, isLatest, modifiedMs, eTag, size }) => {
    const fields = [
      element('Key', name(key)),
      element('VersionId', versionId),
      element('IsLatest', String(isLatest)),
      element('LastModified', new Date(modifiedMs).toISOString()),
    ].join('');
    if (isMarker) return `<DeleteMarker>${fields}</DeleteMarker>`;
    return `<Version>${fields}${element('ETag', `"${eTag}"`)}${element('Size', size)}<StorageClass>STANDARD</StorageClass></Version>`;
  });
  return xmlAnswer('ListVersionsResult', [
    element('Name', bucket),
    element('Prefix', name(prefix)),
    element('KeyMarker', name(after)),
    element('VersionIdMarker', afterVersion ?? ''),
    ...(last === undefined
      ? []
      : [element('NextKeyMarker', name(last.key)), element('NextVersionIdMarker', last.versionId)]),
    element('MaxKeys', limit),
    ...(encoding === null ? [] : [element('EncodingType', encoding)]),
    element('IsTruncated', String(last !== undefined)),
    ...versions,
  ]);
}

/** Removes up to 1,000 objects; those that could not be removed are named in the answer. */
export async function deleteObjects(store: Store, request: S3Request, signer: Requester): Promise<S3Answer> {
  const { objects, quiet } = readDelete(await receiveXml(request, signer.payload));
  const results = await Promise.all(
    objects.map(async ({ key, versionId }) => {
      const named = [
        element('Key', key),
        ...(versionId === undefined ? [] : [element('VersionId', versionId)]),
      ];
      const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
      const refused = signer.refusal(action, key);
      if (refused !== undefined) {
        const fields = [...named, element('Code', 'AccessDenied'), element('Message', refused)];
        return `<Error>${fields.join('')}</Error>`;
      }
      try {
        const marker = await removeKey(store, request, signer.accessKeyId, { key, versionId });
        const made =
          marker === undefined
            ? []
            : [element('DeleteMarker', 'true'), element('DeleteMarkerVersionId', marker)];
        return quiet ? '' : `<Deleted>${[...named, ...made].join('')}</Deleted>`;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const code = error instanceof S3Error ? error.code : 'InternalError';
        const fields = [...named, element('Code', code), element('Message', message)];
        return `<Error>${fields.join('')}</Error>`;
      }
    }),
  );
  return xmlAnswer('DeleteResult', results);
}

interface DeletedObject {
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Objects are named by key and version: a condition would have to be heeded. */
function readDelete(text: string): { readonly objects: readonly DeletedObject[]; readonly quiet: boolean } {
  const elements = [...text.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, content]) => content!.trim());
  if (!/<Delete[\s>].*<\/Delete>\s*$/s.test(text) || elements.length === 0 || elements.length > MAX_KEYS) {
    throw new S3Error('MalformedXML', `the body must be a Delete element with 1 to ${MAX_KEYS} objects`);
  }
  const objects = elements.map((content): DeletedObject => {
    const [, key, version] =
      /^<Key>([^<]+)<\/Key>\s*(?:<VersionId>([^<]+)<\/VersionId>)?$/.exec(content) ?? [];
    if (key === undefined)
      throw new S3Error('NotImplemented', 'an Object to delete can only have a Key and a VersionId');
    return { key: unescapeXml(key), versionId: version && unescapeXml(version) };
  });
  return { objects, quiet: /<Quiet>\s*true\s*<\/Quiet>/.test(text) };
}
