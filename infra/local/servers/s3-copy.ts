import { xmlAnswer, type S3Answer } from './s3-answer.ts';
import { createHash } from 'node:crypto';
import type { ReceivedBody } from './s3-body.ts';
import { outcomeOf, rangeOf } from './s3-conditions.ts';
import type { ObjectEntry } from './s3-database.ts';
import { S3Error } from './s3-error.ts';
import {
  objectToRead,
  preconditionFailed,
  quoted,
  storeObject,
  type Requester,
  type Store,
} from './s3-operations.ts';
import type { S3Request } from './s3-request.ts';
import { element } from './s3-xml.ts';

const SOURCE = 'x-amz-copy-source';
const SHA256 = 'x-amz-checksum-sha256';

export const isCopy = ({ headers }: S3Request): boolean => headers.has(SOURCE);

/** An object that is copied, with the part of it that is. */
export interface Source {
  readonly entry: ObjectEntry;
  /** Writes its bytes. */
  readonly receive: (write: (bytes: Buffer) => Promise<void>) => Promise<ReceivedBody>;
}

/**
 * The object that `x-amz-copy-source` names, `/bucket/key?versionId=ID` with the key encoded, whole or the range of
 * `x-amz-copy-source-range`, on the conditions `x-amz-copy-source-if-...`.
 * @throws S3Error `AccessDenied` where the requester may not read it
 */
export function sourceOf(store: Store, { headers }: S3Request, requester: Requester): Source {
  const [encoded = '', query = ''] = headers.get(SOURCE)!.split('?');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeSource(encoded)) ?? [];
  if (bucket === undefined || key === undefined)
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: bucket/key');
  const versionId = new URLSearchParams(query).get('versionId');
  const reader = requester.in(bucket);
  const refused = reader.refusal(versionId === null ? 's3:GetObject' : 's3:GetObjectVersion', key);
  if (refused !== undefined) throw new S3Error('AccessDenied', refused);
  const entry = objectToRead(store, { bucket, key, versionId }, reader);
  const conditions = new Map(
    [...headers].map(([name, value]) => [name.replace(/^x-amz-copy-source-if/, 'if'), value]),
  );
  if (outcomeOf(conditions, entry) !== 'holds') throw preconditionFailed();
  const wanted = headers.get(`${SOURCE}-range`);
  const range = rangeOf(wanted, entry.size);
  if (wanted !== undefined && !range)
    throw new S3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last',
    );
  return {
    entry,
    async receive(write) {
      const md5 = createHash('md5');
      let size = 0;
      if (entry.size > 0)
        for await (const bytes of store.files.read(entry.file, range) as AsyncIterable<Buffer>) {
          md5.update(bytes);
          size += bytes.length;
          await write(bytes);
        }
      return { size, eTag: md5.digest('hex') };
    },
  };
}

/** CopyObject: with the headers of its source, or with those of the request (`x-amz-metadata-directive: REPLACE`). */
export async function copyObject(store: Store, request: S3Request, requester: Requester): Promise<S3Answer> {
  const { headers, bucket } = request;
  const key = request.key!;
  const directive = headers.get('x-amz-metadata-directive') ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE')
    throw new S3Error('InvalidArgument', `Unknown metadata directive: ${directive}`);
  const { entry, receive } = sourceOf(store, request, requester);
  const isItself = entry.key === key && store.database.find(bucket, key)?.file === entry.file;
  if (directive === 'COPY' && isItself)
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
    );
  const kept = directive === 'COPY' ? new Map(Object.entries(entry.headers)) : new Map(headers);
  const sha256 = entry.headers[SHA256];
  if (sha256 === undefined) kept.delete(SHA256);
  else kept.set(SHA256, sha256);
  const { accessKeyId } = requester;
  const object = { key, headers: kept, eventName: 'ObjectCreated:Copy' as const };
  const { etag, ...stored } = await storeObject(store, { request, accessKeyId }, object, receive);
  const found = store.database.find(bucket, key);
  const modified = new Date(found?.modifiedMs ?? Date.now()).toISOString();
  const answer = xmlAnswer('CopyObjectResult', [element('LastModified', modified), element('ETag', etag)]);
  return { ...answer, headers: { ...answer.headers, ...stored } };
}

/** What the answer to a part that was copied says of it. */
export const copiedPart = (eTag: string, modifiedMs: number): S3Answer =>
  xmlAnswer('CopyPartResult', [
    element('LastModified', new Date(modifiedMs).toISOString()),
    element('ETag', quoted(eTag)),
  ]);

function decodeSource(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new S3Error('InvalidArgument', 'x-amz-copy-source is not URL-encoded UTF-8', { cause });
  }
}
