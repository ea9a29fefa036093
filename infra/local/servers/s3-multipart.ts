import { xmlAnswer, type S3Answer } from './s3-answer.ts';
import { createHash, randomBytes } from 'node:crypto';
import { receiveBody, receiveXml } from './s3-body.ts';
import { copiedPart, isCopy, sourceOf } from './s3-copy.ts';
import { DIGESTS } from './s3-digests.ts';
import { S3Error } from './s3-error.ts';
import {
  checkPutConditions,
  keptHeaders,
  quoted,
  storeObject,
  type Requester,
  type Store,
} from './s3-operations.ts';
import type { S3Request } from './s3-request.ts';
import type { Part, Upload } from './s3-uploads.ts';
import { element, unescapeXml } from './s3-xml.ts';

/** Limits of "Multipart upload limits" of the S3 user guide. */
const MAX_PARTS = 10_000;
const MIN_PART_BYTES = 5 * 1024 ** 2;
const MAX_LISTED = 1_000;

/** CreateMultipartUpload: what comes in parts is an object when it is completed, and nothing before. */
export function createUpload({ database }: Store, { bucket, key, headers }: S3Request): S3Answer {
  const id = randomBytes(24).toString('base64url');
  database.uploads.begin({ id, bucket, key: key!, startedMs: Date.now(), headers: keptHeaders(headers) });
  return xmlAnswer('InitiateMultipartUploadResult', [
    element('Bucket', bucket),
    element('Key', key!),
    element('UploadId', id),
  ]);
}

/** UploadPart and UploadPartCopy. */
export async function putPart(store: Store, request: S3Request, requester: Requester): Promise<S3Answer> {
  const { id } = uploadOf(store, request);
  const number = Number(request.query.get('partNumber'));
  if (!(Number.isInteger(number) && number >= 1 && number <= MAX_PARTS))
    throw new S3Error(
      'InvalidArgument',
      `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
    );
  const copied = isCopy(request) ? sourceOf(store, request, requester) : undefined;
  const file = await store.files.create();
  try {
    const write = (bytes: Buffer) => file.write(bytes);
    const { size, eTag } = await (copied
      ? copied.receive(write)
      : receiveBody(request, requester.payload, write));
    await file.finish();
    uploadOf(store, request); // it may have ended meanwhile
    const modifiedMs = Date.now();
    const before = store.database.uploads.putPart(id, { number, file: file.name, size, eTag, modifiedMs });
    if (before !== undefined) await store.files.remove(before);
    return copied ? copiedPart(eTag, modifiedMs) : { status: 200, headers: { etag: quoted(eTag) } };
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** CompleteMultipartUpload: puts the parts together that the request lists. */
export async function completeUpload(
  store: Store,
  request: S3Request,
  requester: Requester,
): Promise<S3Answer> {
  const upload = uploadOf(store, request);
  const { headers } = request;
  const parts = chosen(await readList(request, requester.payload), store.database.uploads.parts(upload.id));
  const size = headers.get('x-amz-mp-object-size');
  const whole = parts.reduce((sum, part) => sum + part.size, 0);
  if (size !== undefined && Number(size) !== whole)
    throw new S3Error('InvalidRequest', `The object has ${whole} bytes, and not ${size}.`);
  const { accessKeyId } = requester;
  const object = {
    key: upload.key,
    headers: new Map(Object.entries(upload.headers)),
    eventName: 'ObjectCreated:CompleteMultipartUpload' as const,
  };
  const stored = await storeObject(
    store,
    { request, accessKeyId },
    object,
    (write) => join(store, parts, headers, write),
    (previous) => {
      uploadOf(store, request); // the same may have been completed meanwhile
      checkPutConditions(headers, previous);
    },
  );
  for (const file of store.database.uploads.end(upload.id)) await store.files.remove(file);
  const { etag, ...version } = stored;
  const location = `/${upload.bucket}/${upload.key}`;
  const answer = xmlAnswer('CompleteMultipartUploadResult', [
    element('Location', location),
    element('Bucket', upload.bucket),
    element('Key', upload.key),
    element('ETag', etag),
  ]);
  return { ...answer, headers: { ...answer.headers, ...version } };
}

/** AbortMultipartUpload. */
export async function abortUpload(store: Store, request: S3Request): Promise<S3Answer> {
  const { id } = uploadOf(store, request);
  for (const file of store.database.uploads.end(id)) await store.files.remove(file);
  return { status: 204 };
}

/** ListParts. */
export function listParts(store: Store, request: S3Request): S3Answer {
  const { id, bucket, key } = uploadOf(store, request);
  const { query } = request;
  const after = Number(query.get('part-number-marker') ?? 0);
  const limit = Math.min(Number(query.get('max-parts') ?? MAX_LISTED), MAX_LISTED);
  if (!(after >= 0 && limit >= 0))
    throw new S3Error('InvalidArgument', 'part-number-marker and max-parts must be whole numbers');
  const left = store.database.uploads.parts(id).filter(({ number }) => number > after);
  const shown = left.slice(0, limit);
  const isTruncated = left.length > shown.length;
  return xmlAnswer('ListPartsResult', [
    element('Bucket', bucket),
    element('Key', key),
    element('UploadId', id),
    element('PartNumberMarker', after),
    ...(isTruncated ? [element('NextPartNumberMarker', shown.at(-1)?.number ?? after)] : []),
    element('MaxParts', limit),
    element('IsTruncated', isTruncated),
    ...shown.map(({ number, modifiedMs, eTag, size }) => {
      const modified = element('LastModified', new Date(modifiedMs).toISOString());
      const fields = [
        element('PartNumber', number),
        modified,
        element('ETag', quoted(eTag)),
        element('Size', size),
      ];
      return `<Part>${fields.join('')}</Part>`;
    }),
  ]);
}

/** ListMultipartUploads. @throws S3Error `NotImplemented` where there are more than one answer shows */
export function listUploads({ database }: Store, { bucket, query }: S3Request): S3Answer {
  const prefix = query.get('prefix') ?? '';
  const found = database.uploads.list(bucket).filter(({ key }) => key.startsWith(prefix));
  if (found.length > MAX_LISTED)
    throw new S3Error('NotImplemented', `the local S3 lists ${MAX_LISTED} uploads at most: name a prefix`);
  return xmlAnswer('ListMultipartUploadsResult', [
    element('Bucket', bucket),
    element('Prefix', prefix),
    element('MaxUploads', MAX_LISTED),
    element('IsTruncated', false),
    ...found.map(({ key, id, startedMs }) => {
      const started = element('Initiated', new Date(startedMs).toISOString());
      return `<Upload>${element('Key', key)}${element('UploadId', id)}${started}</Upload>`;
    }),
  ]);
}

/** @throws S3Error `NoSuchUpload` for one that has ended, or is of another object */
function uploadOf({ database }: Store, { bucket, key, query }: S3Request): Upload {
  const upload = database.uploads.find(query.get('uploadId') ?? '');
  if (upload?.bucket !== bucket || upload.key !== key)
    throw new S3Error(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    );
  return upload;
}

interface ListedPart {
  readonly number: number;
  readonly eTag: string;
}

async function readList(request: S3Request, payload: string): Promise<ListedPart[]> {
  // Checksums in the head are of the object, not of this list.
  const headers = new Map([...request.headers].filter(([name]) => !name.startsWith('x-amz-checksum-')));
  const text = await receiveXml({ ...request, headers }, payload);
  const parts = Array.from(text.matchAll(/<Part>(.*?)<\/Part>/gs), ([, part]): ListedPart => {
    const [, number] = /<PartNumber>\s*(\d{1,5})\s*<\/PartNumber>/.exec(part!) ?? [];
    const [, eTag] = /<ETag>([^<]*)<\/ETag>/.exec(part!) ?? [];
    if (number === undefined || eTag === undefined) throw malformed();
    return {
      number: Number(number),
      eTag: unescapeXml(eTag)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    };
  });
  if (!/<CompleteMultipartUpload[\s>].*<\/CompleteMultipartUpload>\s*$/s.test(text) || parts.length === 0)
    throw malformed();
  return parts;
}

const malformed = () =>
  new S3Error(
    'MalformedXML',
    'the body must be a CompleteMultipartUpload element with PartNumber and ETag of each part',
  );

/** The parts that are listed, as they are stored. */
function chosen(listed: readonly ListedPart[], stored: readonly Part[]): Part[] {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  if (listed.some(({ number }, i) => i > 0 && number <= listed[i - 1]!.number))
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.');
  return listed.map(({ number, eTag }, i) => {
    const part = byNumber.get(number);
    if (part?.eTag !== eTag)
      throw new S3Error('InvalidPart', `Part ${number} could not be found, or its ETag is another one.`);
    if (part.size < MIN_PART_BYTES && i < listed.length - 1)
      throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    return part;
  });
}

/** Writes parts one after the other, and compares them with the checksum of the whole where the request has one. */
async function join(
  { files }: Store,
  parts: readonly Part[],
  headers: S3Request['headers'],
  write: (bytes: Buffer) => Promise<void>,
) {
  const [name, make] = Object.entries(DIGESTS).find(([one]) => headers.has(`x-amz-checksum-${one}`)) ?? [];
  const digest = make?.();
  let size = 0;
  for (const part of parts) {
    if (part.size === 0) continue;
    for await (const bytes of files.read(part.file) as AsyncIterable<Buffer>) {
      digest?.update(bytes);
      size += bytes.length;
      await write(bytes);
    }
  }
  const expected = headers.get(`x-amz-checksum-${name ?? ''}`);
  if (digest && expected !== undefined) {
    if (expected.includes('-'))
      throw new S3Error(
        'NotImplemented',
        'a checksum of checksums: the local S3 checks those of parts and of the whole',
      );
    if (Buffer.from(await digest.digest()).toString('base64') !== expected)
      throw new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
  }
  const md5s = Buffer.concat(parts.map(({ eTag }) => Buffer.from(eTag, 'hex')));
  return { size, eTag: `${createHash('md5').update(md5s).digest('hex')}-${parts.length}` };
}
