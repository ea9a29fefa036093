import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3EventRecord } from 'aws-lambda';
import {
  BucketAlreadyOwnedByYou,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  S3ServiceException,
  type CreateBucketCommandInput,
  type DeleteObjectCommandInput,
  type DeleteObjectsCommandInput,
  type GetObjectCommandInput,
  type HeadObjectCommandInput,
  type ListObjectsV2CommandInput,
  type ListObjectVersionsCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { matches, rangeOf } from '../../infra/local/servers/s3-conditions.ts';
import { formEncodeKey } from '../../infra/local/servers/s3-encoding.ts';
import { S3Error } from '../../infra/local/servers/s3-error.ts';
import { createdRecord, removedRecord, type CreatedEventName } from '../../infra/local/servers/s3-event.ts';
import { isVersionId, type MakeRecord } from '../../infra/local/servers/s3-database.ts';
import { checkKey, type S3Request } from '../../infra/local/servers/s3-request.ts';
import { REGION } from '../../infra/local/physical-names.ts';
import type { Part } from './dynamodb/server.ts';
import { compareBytes } from './dynamodb/table.ts';

const MAX_KEYS = 1000;
const UNVERSIONED = 'null';

/** One version of an object, or a delete marker. It is never changed, so copies of buckets share it. */
export interface StoredVersion {
  readonly versionId: string;
  readonly isMarker: boolean;
  readonly bytes: Uint8Array;
  readonly eTag: string;
  readonly modifiedMs: number;
  readonly headers: Pick<PutObjectCommandInput, 'ContentType' | 'Metadata'>;
}

interface Bucket {
  readonly isVersioned: boolean;
  /** Versions by key, the newest last. */
  readonly keys: Map<string, readonly StoredVersion[]>;
}

/** Hears of every change, in the order of the changes. */
export type OnEvent = (event: {
  readonly bucket: string;
  readonly key: string;
  readonly record: S3EventRecord;
}) => void;

/** S3 in memory: it answers the inputs of the SDK's commands, and tells of changes at once. */
export class S3Server {
  readonly #nowMs: () => number;
  readonly #onEvent: OnEvent;
  readonly #buckets = new Map<string, Bucket>();
  #lastSequencer = 0n;

  constructor(nowMs: () => number, onEvent: OnEvent) {
    this.#nowMs = nowMs;
    this.#onEvent = onEvent;
  }

  copy(nowMs: () => number, onEvent: OnEvent): S3Server {
    const copy = new S3Server(nowMs, onEvent);
    for (const [name, { isVersioned, keys }] of this.#buckets)
      copy.#buckets.set(name, { isVersioned, keys: new Map(keys) });
    copy.#lastSequencer = this.#lastSequencer;
    return copy;
  }

  createBucket(name: string, { versioned = false }: { readonly versioned?: boolean } = {}): void {
    const before = this.#buckets.get(name);
    this.#buckets.set(name, {
      isVersioned: versioned || before?.isVersioned === true,
      keys: before?.keys ?? new Map<string, readonly StoredVersion[]>(),
    });
  }

  CreateBucket({ Bucket = '' }: CreateBucketCommandInput) {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(Bucket)) throw refused('InvalidBucketName', 400);
    if (this.#buckets.has(Bucket))
      throw new BucketAlreadyOwnedByYou({ message: 'you own it', $metadata: { httpStatusCode: 409 } });
    this.createBucket(Bucket);
    return { Location: `/${Bucket}` };
  }

  HeadBucket({ Bucket }: { readonly Bucket: string | undefined }) {
    this.#bucket(Bucket);
    return {};
  }

  async PutObject(input: PutObjectCommandInput, eventName: CreatedEventName = 'ObjectCreated:Put') {
    const { Bucket: name, Key: key = '', IfMatch, IfNoneMatch, ContentType, Metadata } = input;
    const bytes = await bytesOf(input.Body);
    const bucket = this.#bucket(name);
    asSdkErrors(() => checkKey(key));
    const previous = this.#find(bucket, key);
    if (IfMatch !== undefined && !previous) throw noSuchKey();
    if (previous && (IfNoneMatch !== undefined || !matches(IfMatch ?? '*', previous.eTag)))
      throw refused('PreconditionFailed', 412);
    const eTag = createHash('md5').update(bytes).digest('hex');
    const modifiedMs = this.#nowMs();
    const entry = { key, file: '', size: bytes.length, eTag, modifiedMs, headers: {} };
    const stored = {
      isMarker: false,
      bytes,
      eTag,
      modifiedMs,
      headers: { ContentType: ContentType ?? 'binary/octet-stream', Metadata: Metadata ?? {} },
    };
    const versionId = this.#add(name!, key, stored, createdRecord(eventName, originOf(name!), entry));
    return { ETag: `"${eTag}"`, ...(bucket.isVersioned && { VersionId: versionId }) };
  }

  GetObject(input: GetObjectCommandInput) {
    const { IfMatch, IfNoneMatch, Range } = input;
    const version = this.#read(input);
    const tag = version.eTag;
    if (!matches(IfMatch ?? '*', tag)) throw refused('PreconditionFailed', 412);
    if (IfNoneMatch !== undefined && matches(IfNoneMatch, tag)) throw refused('304', 304);
    const { bytes } = version;
    const range = asSdkErrors(() => rangeOf(Range, bytes.length));
    const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
    return {
      ...this.#described(input.Bucket, version),
      ContentLength: part.length,
      ...(range && { ContentRange: `bytes ${range.start}-${range.end}/${bytes.length}` }),
      $metadata: { httpStatusCode: range ? 206 : 200 },
      Body: {
        transformToByteArray: () => Promise.resolve(Uint8Array.from(part)),
        transformToString: () => Promise.resolve(Buffer.from(part).toString()),
      },
    };
  }

  HeadObject(input: HeadObjectCommandInput) {
    const version = this.#read(
      input,
      () => new NotFound({ message: 'NotFound', $metadata: { httpStatusCode: 404 } }),
    );
    return { ...this.#described(input.Bucket, version), ContentLength: version.bytes.length };
  }

  #read(
    { Bucket, Key = '', VersionId }: Pick<GetObjectCommandInput, 'Bucket' | 'Key' | 'VersionId'>,
    missing: () => Error = VersionId === undefined ? noSuchKey : noSuchVersion,
  ): StoredVersion {
    const bucket = this.#bucket(Bucket);
    checkVersionId(VersionId);
    const version =
      VersionId === undefined
        ? this.#find(bucket, Key)
        : bucket.keys.get(Key)?.find(({ versionId }) => versionId === VersionId);
    if (version?.isMarker) throw refused('MethodNotAllowed', 405);
    if (!version) throw missing();
    return version;
  }

  #described(bucket: string | undefined, { eTag, modifiedMs, headers, versionId }: StoredVersion) {
    return {
      ...headers,
      ETag: `"${eTag}"`,
      // A header of HTTP has whole seconds.
      LastModified: new Date(Math.floor(modifiedMs / 1000) * 1000),
      ...(this.#bucket(bucket).isVersioned && { VersionId: versionId }),
    };
  }

  DeleteObject({ Bucket, Key = '', VersionId }: DeleteObjectCommandInput) {
    const marker = this.#remove(Bucket, Key, VersionId);
    const of = VersionId ?? marker;
    return {
      ...(of !== undefined && { VersionId: of }),
      ...(marker !== undefined && { DeleteMarker: true }),
    };
  }

  /** @param part how much is removed; the others are named as errors */
  DeleteObjects({ Bucket, Delete }: DeleteObjectsCommandInput, part: Part = 'whole') {
    const objects = Delete?.Objects ?? [];
    if (objects.length === 0 || objects.length > MAX_KEYS) throw refused('MalformedXML', 400);
    this.#bucket(Bucket);
    const done = objects.slice(0, part === 'half' ? Math.floor(objects.length / 2) : objects.length);
    const Deleted = done.map(({ Key, VersionId }) => {
      const marker = this.#remove(Bucket, Key!, VersionId);
      return {
        Key,
        ...(VersionId !== undefined && { VersionId }),
        ...(marker !== undefined && { DeleteMarker: true, DeleteMarkerVersionId: marker }),
      };
    });
    const Errors = objects
      .slice(done.length)
      .map(({ Key, VersionId }) => ({ Key, VersionId, Code: 'InternalError', Message: 'try again' }));
    return {
      ...(Delete?.Quiet !== true && { Deleted }),
      ...(Errors.length > 0 && { Errors }),
    };
  }

  /** @returns the version id of a marker that was made */
  #remove(name: string | undefined, key: string, versionId: string | undefined): string | undefined {
    const bucket = this.#bucket(name);
    checkVersionId(versionId);
    const atMs = this.#nowMs();
    const record = (isMarked: boolean) => removedRecord(originOf(name!), key, { atMs, isMarked });
    if (versionId === undefined && bucket.isVersioned) {
      const marker = { isMarker: true, bytes: new Uint8Array(), eTag: '', modifiedMs: atMs, headers: {} };
      return this.#add(name!, key, marker, record(true));
    }
    const versions = bucket.keys.get(key) ?? [];
    const gone = versionId ?? UNVERSIONED;
    const left = versions.filter((version) => version.versionId !== gone);
    if (left.length === versions.length) return undefined;
    if (left.length === 0) bucket.keys.delete(key);
    else bucket.keys.set(key, left);
    this.#tell(name!, key, record(false), this.#nextSequencer(), versionId);
    return undefined;
  }

  #add(name: string, key: string, version: Omit<StoredVersion, 'versionId'>, record: MakeRecord): string {
    const bucket = this.#bucket(name);
    const sequencer = this.#nextSequencer();
    const versionId = bucket.isVersioned ? Buffer.from(sequencer, 'hex').toString('base64url') : UNVERSIONED;
    const before = (bucket.keys.get(key) ?? []).filter((one) => one.versionId !== versionId);
    bucket.keys.set(key, [...before, { ...version, versionId }]);
    this.#tell(name, key, record, sequencer, bucket.isVersioned ? versionId : undefined);
    return versionId;
  }

  #tell(
    bucket: string,
    key: string,
    record: MakeRecord,
    sequencer: string,
    versionId: string | undefined,
  ): void {
    this.#onEvent({ bucket, key, record: record(sequencer, versionId) as S3EventRecord });
  }

  /** Later than all before: 18 hexadecimal digits. */
  #nextSequencer(): string {
    const now = BigInt(Math.floor(this.#nowMs())) << 24n;
    this.#lastSequencer = now > this.#lastSequencer ? now : this.#lastSequencer + 1n;
    return this.#lastSequencer.toString(16).toUpperCase().padStart(18, '0');
  }

  ListObjectsV2(input: ListObjectsV2CommandInput) {
    const { Bucket, Prefix = '', StartAfter, ContinuationToken, MaxKeys = MAX_KEYS, EncodingType } = input;
    const bucket = this.#bucket(Bucket);
    const after =
      ContinuationToken === undefined ? StartAfter : Buffer.from(ContinuationToken, 'base64url').toString();
    const found = this.#keysUnder(bucket, Prefix)
      .filter((key) => after === undefined || compareBytes(key, after) > 0)
      .flatMap((key) => {
        const version = this.#find(bucket, key);
        return version ? [{ key, version }] : [];
      });
    const limit = Math.min(MaxKeys, MAX_KEYS);
    const page = found.slice(0, limit);
    const isTruncated = limit > 0 && found.length > limit;
    const name = (key: string) => (EncodingType === 'url' ? formEncodeKey(key) : key);
    return {
      Name: Bucket,
      KeyCount: page.length,
      IsTruncated: isTruncated,
      ...(isTruncated && { NextContinuationToken: Buffer.from(page.at(-1)!.key).toString('base64url') }),
      ...(page.length > 0 && {
        Contents: page.map(({ key, version: { modifiedMs, eTag, bytes } }) => ({
          Key: name(key),
          LastModified: new Date(modifiedMs),
          ETag: `"${eTag}"`,
          Size: bytes.length,
        })),
      }),
    };
  }

  ListObjectVersions(input: ListObjectVersionsCommandInput) {
    const { Bucket, Prefix = '', KeyMarker = '', VersionIdMarker, MaxKeys = MAX_KEYS } = input;
    const bucket = this.#bucket(Bucket);
    const all = this.#keysUnder(bucket, Prefix).flatMap((key) =>
      bucket.keys
        .get(key)!
        .toReversed()
        .map((version, i) => ({ key, version, isLatest: i === 0 })),
    );
    const marked = all.findLastIndex(
      ({ key, version }) =>
        key === KeyMarker && (VersionIdMarker === undefined || version.versionId === VersionIdMarker),
    );
    const rest =
      marked >= 0 ? all.slice(marked + 1) : all.filter(({ key }) => compareBytes(key, KeyMarker) > 0);
    const page = rest.slice(0, MaxKeys);
    const last = rest.length > MaxKeys ? page.at(-1) : undefined;
    const shown = page.map(
      ({ key, version: { versionId, modifiedMs, isMarker, bytes, eTag }, isLatest }) => ({
        isMarker,
        entry: {
          Key: key,
          VersionId: versionId,
          IsLatest: isLatest,
          LastModified: new Date(modifiedMs),
          ...(!isMarker && { Size: bytes.length, ETag: `"${eTag}"` }),
        },
      }),
    );
    const versions = shown.filter(({ isMarker }) => !isMarker).map(({ entry }) => entry);
    const markers = shown.filter(({ isMarker }) => isMarker).map(({ entry }) => entry);
    return {
      IsTruncated: last !== undefined,
      ...(last && { NextKeyMarker: last.key, NextVersionIdMarker: last.version.versionId }),
      ...(versions.length > 0 && { Versions: versions }),
      ...(markers.length > 0 && { DeleteMarkers: markers }),
    };
  }

  /** Every key of a bucket with its versions, the newest last. */
  versions = (bucket: string): ReadonlyMap<string, readonly StoredVersion[]> => this.#bucket(bucket).keys;

  #keysUnder(bucket: Bucket, prefix: string): string[] {
    return [...bucket.keys.keys()].filter((key) => key.startsWith(prefix)).sort(compareBytes);
  }

  #find(bucket: Bucket, key: string): StoredVersion | undefined {
    const latest = bucket.keys.get(key)?.at(-1);
    return latest?.isMarker ? undefined : latest;
  }

  #bucket(name = ''): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket)
      throw new NoSuchBucket({ message: `there is no bucket ${name}`, $metadata: { httpStatusCode: 404 } });
    return bucket;
  }
}

const originOf = (bucket: string) => ({
  region: REGION,
  accessKeyId: 'world',
  request: { bucket, sourceIp: '127.0.0.1', id: '0' } as S3Request,
});

const noSuchVersion = () => refused('NoSuchVersion', 404);
function checkVersionId(versionId: string | undefined): void {
  if (versionId !== undefined && !isVersionId(versionId)) throw refused('InvalidArgument', 400);
}
const noSuchKey = () =>
  new NoSuchKey({ message: 'The specified key does not exist.', $metadata: { httpStatusCode: 404 } });

const refused = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'client', message: name, $metadata: { httpStatusCode } });

/** What the embedded server shares with this one throws errors of its own. */
function asSdkErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof S3Error) throw refused(error.code, error.status);
    throw error;
  }
}

async function bytesOf(body: PutObjectCommandInput['Body']): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  return Buffer.concat((await (body as Readable).toArray()) as Uint8Array[]);
}
