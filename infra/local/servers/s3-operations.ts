import type { S3Answer } from './s3-answer.ts';
import { receiveBody, type ReceivedBody } from './s3-body.ts';
import { matches, outcomeOf, rangeOf } from './s3-conditions.ts';
import { isVersionId, type ObjectEntry, type S3Database } from './s3-database.ts';
import { S3Error } from './s3-error.ts';
import { createdRecord, removedRecord, type CreatedEventName } from './s3-event.ts';
import type { EventDelivery } from './s3-event-delivery.ts';
import type { ObjectFiles } from './s3-object-files.ts';
import type { S3Request } from './s3-request.ts';
import type { Signer } from './s3-signature.ts';

const KEPT_HEADERS =
  /^(?:content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-checksum-sha256|x-amz-meta-.+)$/;

const CHECKSUM = 'x-amz-checksum-sha256';

export interface Store {
  readonly region: string;
  readonly database: S3Database;
  readonly files: ObjectFiles;
  readonly delivery: EventDelivery;
}

/** Who asks, and whether he may. */
export interface Requester extends Signer {
  /** The same, asked of another bucket. */
  readonly in: (bucket: string) => Pick<Requester, 'refusal'>;
  /** Undefined when allowed, otherwise AWS's words. @param key undefined for the bucket itself */
  readonly refusal: (
    action: string,
    key: string | undefined,
    context?: Readonly<Record<string, readonly string[]>>,
  ) => string | undefined;
}

export async function putObject(store: Store, request: S3Request, requester: Requester): Promise<S3Answer> {
  const { headers } = request;
  const { accessKeyId, payload } = requester;
  const object = { key: request.key!, headers, eventName: 'ObjectCreated:Put' as const };
  const stored = await storeObject(
    store,
    { request, accessKeyId },
    object,
    (write) => receiveBody(request, payload, write),
    (previous) => checkPutConditions(headers, previous),
  );
  return { status: 200, headers: stored };
}

/** What the answer to an upload tells of the object. */
export interface StoredHeaders extends Readonly<Record<string, string>> {
  readonly etag: string;
}

/** An object that comes in, by whatever request. */
interface NewObject {
  readonly key: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly eventName: CreatedEventName;
}

/**
 * Stores what is received whole, or nothing; done when it is on the disk and its event has been taken.
 * @param check throws when the object may not take the place of the one before it
 */
export async function storeObject(
  store: Store,
  { request, accessKeyId }: { readonly request: S3Request; readonly accessKeyId: string },
  { key, headers, eventName }: NewObject,
  receive: (write: (bytes: Buffer) => Promise<void>) => Promise<ReceivedBody>,
  check: (previous: ObjectEntry | undefined) => void = () => undefined,
): Promise<StoredHeaders> {
  const { region, files, database, delivery } = store;
  const { bucket } = request;
  const file = await files.create();
  try {
    const { size, eTag } = await receive((bytes) => file.write(bytes));
    await file.finish();
    let versionId: string | undefined;
    await delivery.change(bucket, key, async () => {
      const previous = database.find(bucket, key);
      check(previous);
      const entry = {
        key,
        file: file.name,
        size,
        eTag,
        modifiedMs: Date.now(),
        headers: keptHeaders(headers),
      };
      versionId = database.put(
        bucket,
        entry,
        createdRecord(eventName, { region, accessKeyId, request }, entry),
      );
      if (previous && versionId === undefined) await files.remove(previous.file);
    });
    return { etag: quoted(eTag), ...(versionId !== undefined && { 'x-amz-version-id': versionId }) };
  } catch (error) {
    // An object whose event nobody took is stored all the same, and its event will come.
    if (database.find(bucket, key)?.file !== file.name) await file.discard();
    throw error;
  }
}

export function checkPutConditions(headers: S3Request['headers'], previous: ObjectEntry | undefined): void {
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', 'If-None-Match of a put can only be *');
  }
  if (ifMatch !== undefined && !previous) throw noSuchKey();
  if (previous && (ifNoneMatch !== undefined || !matches(ifMatch ?? '*', previous.eTag))) {
    throw preconditionFailed();
  }
}

/** An object, or a version of it. */
interface Address {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | null;
}

/** What is at an address. @throws S3Error where there is nothing, or a delete marker */
export function objectToRead(
  { database }: Pick<Store, 'database'>,
  { bucket, key, versionId }: Address,
  requester: Pick<Requester, 'refusal'>,
): ObjectEntry {
  checkVersionId(versionId);
  const entry =
    versionId === null ? database.find(bucket, key) : database.findVersion(bucket, key, versionId);
  if (entry?.isMarker) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  if (!entry) {
    // S3 tells those who may not list a bucket nothing of what is missing from it.
    const refused = requester.refusal('s3:ListBucket', undefined);
    if (refused !== undefined) throw new S3Error('AccessDenied', refused);
    throw versionId === null ? noSuchKey() : noSuchVersion();
  }
  return entry;
}

/** Answers GET, and HEAD of which the server leaves the body out. */
export function getObject(
  { database, files }: Store,
  { bucket, key, headers, method, query }: S3Request,
  requester: Requester,
): S3Answer {
  const address = { bucket, key: key!, versionId: query.get('versionId') };
  const entry = objectToRead({ database }, address, requester);
  const { [CHECKSUM]: checksum, ...kept } = entry.headers;
  const described = {
    ...kept,
    ...overridesOf(query),
    etag: quoted(entry.eTag),
    'last-modified': new Date(entry.modifiedMs).toUTCString(),
    'accept-ranges': 'bytes',
    ...(database.isVersioned(bucket) && { 'x-amz-version-id': entry.versionId }),
  };
  const outcome = outcomeOf(headers, entry);
  if (outcome === 'failed') throw preconditionFailed();
  if (outcome === 'not modified') return { status: 304, headers: described };

  const range = rangeOf(headers.get('range'), entry.size);
  const part = range ?? { start: 0, end: entry.size - 1 };
  const length = part.end - part.start + 1;
  return {
    status: range ? 206 : 200,
    headers: {
      ...described,
      'content-length': length,
      // It is of the whole, and told on demand.
      ...(checksum !== undefined && !range && headers.has('x-amz-checksum-mode') && { [CHECKSUM]: checksum }),
      ...(range ? { 'content-range': `bytes ${range.start}-${range.end}/${entry.size}` } : {}),
    },
    ...(method === 'HEAD' || length === 0 ? {} : { body: files.read(entry.file, part) }),
  };
}

/** What the signer of the request wants the answer to say of the object. */
const overridesOf = (query: S3Request['query']): Record<string, string> =>
  Object.fromEntries(
    ['content-type', 'content-disposition'].flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === null ? [] : [[name, value]];
    }),
  );

/** Removing what is not there is no error, and no event. */
export async function deleteObject(
  store: Store,
  request: S3Request,
  { accessKeyId }: Requester,
): Promise<S3Answer> {
  const versionId = request.query.get('versionId') ?? undefined;
  const marker = await removeKey(store, request, accessKeyId, { key: request.key!, versionId });
  const of = versionId ?? marker;
  return {
    status: 204,
    headers: {
      ...(of !== undefined && { 'x-amz-version-id': of }),
      ...(marker !== undefined && { 'x-amz-delete-marker': 'true' }),
    },
  };
}

/**
 * Removes an object: for good in a bucket without versions, by a delete marker in one with them, where also an object
 * that is not there gets one. With a version id, removes that version for good, be it a marker.
 * @returns the version id of a marker that was made
 */
export async function removeKey(
  { region, database, files, delivery }: Store,
  request: S3Request,
  accessKeyId: string,
  { key, versionId }: { readonly key: string; readonly versionId: string | undefined },
): Promise<string | undefined> {
  const { bucket } = request;
  checkVersionId(versionId ?? null);
  const record = (isMarked: boolean) =>
    removedRecord({ region, accessKeyId, request }, key, { atMs: Date.now(), isMarked });
  return delivery.change(bucket, key, async () => {
    if (versionId === undefined && database.isVersioned(bucket))
      return database.remove(bucket, key, record(true));
    const entry =
      versionId === undefined ? database.find(bucket, key) : database.findVersion(bucket, key, versionId);
    if (!entry) return undefined;
    if (versionId === undefined) database.remove(bucket, key, record(false));
    else database.removeVersion(bucket, key, versionId, record(false));
    if (!entry.isMarker) await files.remove(entry.file);
    return undefined;
  });
}

/** Those that go with an object. */
export function keptHeaders(headers: S3Request['headers']): Record<string, string> {
  const kept = new Map([...headers].filter(([name]) => KEPT_HEADERS.test(name)));
  const encodings = (kept.get('content-encoding') ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== 'aws-chunked').join(',');
  kept.delete('content-encoding');
  if (encoding) kept.set('content-encoding', encoding);
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

export const quoted = (eTag: string): string => `"${eTag}"`;
export const preconditionFailed = () =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
function checkVersionId(versionId: string | null): void {
  if (versionId !== null && !isVersionId(versionId))
    throw new S3Error('InvalidArgument', 'Invalid version id specified');
}

const noSuchVersion = () => new S3Error('NoSuchVersion', 'The specified version does not exist.');
const noSuchKey = () => new S3Error('NoSuchKey', 'The specified key does not exist.');
