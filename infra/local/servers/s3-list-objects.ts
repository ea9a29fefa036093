import { xmlAnswer, type S3Answer } from './s3-answer.ts';
import type { ObjectEntry, S3Database } from './s3-database.ts';
import { formEncodeKey } from './s3-encoding.ts';
import { S3Error } from './s3-error.ts';

import type { S3Request } from './s3-request.ts';
import { element } from './s3-xml.ts';

export const MAX_KEYS = 1000;
const LAST_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;

interface Range {
  readonly prefix: string;
  readonly delimiter: string;
  /** What was listed last: a key, or a common prefix with all of its keys. */
  readonly after: string;
  readonly limit: number;
}

interface Listed {
  readonly entries: readonly ObjectEntry[];
  readonly commonPrefixes: readonly string[];
  /** The last of both, where more follow. */
  readonly next: string | undefined;
}

/** ListObjectsV2. A continuation token is what was listed last, in base64url. */
export function listObjectsV2(
  { database }: { readonly database: S3Database },
  { bucket, query }: S3Request,
): S3Answer {
  if (!['2', null].includes(query.get('list-type')))
    throw new S3Error('InvalidArgument', 'list-type must be 2');
  if ((query.get('fetch-owner') ?? 'false') !== 'false')
    throw new S3Error('NotImplemented', 'fetch-owner: the local S3 knows no owners');
  const startAfter = query.get('start-after');
  const token = query.get('continuation-token');
  const after = token === null ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString();
  const asked = { ...readRange(query), after };
  const { entries, commonPrefixes, next } = list(database, bucket, asked);
  const name = nameIn(query);
  return xmlAnswer('ListBucketResult', [
    ...headOf(bucket, query, asked, next),
    ...(startAfter === null ? [] : [element('StartAfter', name(startAfter))]),
    ...(token === null ? [] : [element('ContinuationToken', token)]),
    ...(next === undefined
      ? []
      : [element('NextContinuationToken', Buffer.from(next).toString('base64url'))]),
    element('KeyCount', entries.length + commonPrefixes.length),
    ...contentsOf(entries, commonPrefixes, name),
  ]);
}

/** ListObjects, the first version, which many programs still speak. A marker is what was listed last. */
export function listObjects(
  { database }: { readonly database: S3Database },
  { bucket, query }: S3Request,
): S3Answer {
  const marker = query.get('marker') ?? '';
  const asked = { ...readRange(query), after: marker };
  const { entries, commonPrefixes, next } = list(database, bucket, asked);
  const name = nameIn(query);
  return xmlAnswer('ListBucketResult', [
    ...headOf(bucket, query, asked, next),
    element('Marker', name(marker)),
    // Without a delimiter, whoever asks takes the last key.
    ...(next === undefined || asked.delimiter === '' ? [] : [element('NextMarker', name(next))]),
    ...contentsOf(entries, commonPrefixes, name),
  ]);
}

function readRange(query: S3Request['query']): Omit<Range, 'after'> {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url')
    throw new S3Error('InvalidArgument', 'encoding-type must be url');
  const maxKeys = query.get('max-keys') ?? String(MAX_KEYS);
  if (!/^\d{1,9}$/.test(maxKeys)) throw new S3Error('InvalidArgument', 'max-keys must be a whole number');
  const limit = Math.min(Number(maxKeys), MAX_KEYS);
  return { prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '', limit };
}

/** How keys are written in an answer. */
const nameIn = (query: S3Request['query']): ((key: string) => string) =>
  query.get('encoding-type') === 'url' ? formEncodeKey : (key) => key;

function headOf(
  bucket: string,
  query: S3Request['query'],
  { prefix, delimiter, limit }: Range,
  next: string | undefined,
): string[] {
  const name = nameIn(query);
  const encoding = query.get('encoding-type');
  return [
    element('Name', bucket),
    element('Prefix', name(prefix)),
    ...(delimiter === '' ? [] : [element('Delimiter', name(delimiter))]),
    element('MaxKeys', limit),
    ...(encoding === null ? [] : [element('EncodingType', encoding)]),
    element('IsTruncated', next !== undefined),
  ];
}

function contentsOf(
  entries: readonly ObjectEntry[],
  commonPrefixes: readonly string[],
  name: (key: string) => string,
): string[] {
  const contents = entries.map(({ key, modifiedMs, eTag, size }) => {
    const modified = element('LastModified', new Date(modifiedMs).toISOString());
    const fields = [element('Key', name(key)), modified, element('ETag', `"${eTag}"`), element('Size', size)];
    return `<Contents>${fields.join('')}<StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const folders = commonPrefixes.map(
    (prefix) => `<CommonPrefixes>${element('Prefix', name(prefix))}</CommonPrefixes>`,
  );
  return [...contents, ...folders];
}

/** Keys that have the delimiter behind the prefix are one entry, their common prefix. */
function list(database: S3Database, bucket: string, { prefix, delimiter, after, limit }: Range): Listed {
  const folderOf = (key: string): string | undefined => {
    const at = delimiter === '' || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length);
    return at < 0 ? undefined : key.slice(0, at + delimiter.length);
  };
  const entries: ObjectEntry[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  // A common prefix that was listed stands for all of its keys.
  let from = folderOf(after) === after ? behind(after) : undefined;
  for (;;) {
    const wanted = limit + 1 - entries.length - commonPrefixes.length;
    const found = limit === 0 ? [] : database.list(bucket, { prefix, after: last, from, limit: wanted });
    let folder: string | undefined;
    for (const entry of found) {
      if (entries.length + commonPrefixes.length === limit) return { entries, commonPrefixes, next: last };
      folder = folderOf(entry.key);
      last = folder ?? entry.key;
      if (folder === undefined) entries.push(entry);
      else {
        commonPrefixes.push(folder);
        break;
      }
    }
    if (folder === undefined) return { entries, commonPrefixes, next: undefined };
    from = behind(folder);
  }
}

/** The first text behind all that begin with this one, in the order of code points. */
function behind(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const next = points.pop()! + 1;
  return String.fromCodePoint(...points, next === FIRST_SURROGATE ? BEHIND_SURROGATES : next);
}
