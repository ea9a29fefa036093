import { xmlAnswer, type S3Answer } from './s3-answer.ts';
import { createBucket, deleteObjects, listBuckets, listVersions } from './s3-bucket-operations.ts';
import { copyObject, isCopy } from './s3-copy.ts';
import { S3Error } from './s3-error.ts';
import { listObjects, listObjectsV2 } from './s3-list-objects.ts';
import {
  abortUpload,
  completeUpload,
  createUpload,
  listParts,
  listUploads,
  putPart,
} from './s3-multipart.ts';
import { deleteObject, getObject, putObject, type Requester, type Store } from './s3-operations.ts';
import type { S3Request } from './s3-request.ts';
import { element } from './s3-xml.ts';

type Operation = (store: Store, request: S3Request, requester: Requester) => Promise<S3Answer> | S3Answer;

/** An operation with all that it heeds: whatever else a request carries, another operation would be meant. */
interface Route {
  readonly run: Operation;
  /** What the requester must be allowed to do; DeleteObjects asks for each key by itself. */
  readonly action?: string;
  readonly query?: readonly string[];
  /** Conditions that it checks; others must not be passed over. */
  readonly conditions?: readonly string[];
  readonly headers?: RegExp;
}

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const OF_READS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];
const OF_PUTS = ['if-match', 'if-none-match'];
const SOURCE = /^x-amz-(?:copy-source(?:-if-.+)?|metadata-directive|tagging-directive)$/;
const SOURCE_OF_PART = /^x-amz-copy-source(?:-range|-if-.+)?$/;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET service': { run: listBuckets, action: 's3:ListAllMyBuckets' },
  'PUT bucket': { run: createBucket, action: 's3:CreateBucket' },
  'HEAD bucket': {
    run: ({ region }) => ({ status: 200, headers: { 'x-amz-bucket-region': region } }),
    action: 's3:ListBucket',
  },
  // Buckets of the region that was there first have none.
  'GET bucket location': {
    run: ({ region }) => xmlAnswer('LocationConstraint', region === 'us-east-1' ? [] : [region]),
    action: 's3:GetBucketLocation',
    query: ['location'],
  },
  'GET bucket': { run: listObjects, action: 's3:ListBucket', query: [...LISTING, 'marker'] },
  'GET bucket list-type': {
    run: listObjectsV2,
    action: 's3:ListBucket',
    query: [...LISTING, 'list-type', 'start-after', 'continuation-token', 'fetch-owner'],
  },
  'GET bucket versioning': {
    run: ({ database }, { bucket }) =>
      xmlAnswer(
        'VersioningConfiguration',
        database.isVersioned(bucket) ? [element('Status', 'Enabled')] : [],
      ),
    action: 's3:GetBucketVersioning',
    query: ['versioning'],
  },
  'GET bucket versions': {
    run: listVersions,
    action: 's3:ListBucketVersions',
    query: [...LISTING, 'versions', 'key-marker', 'version-id-marker'],
  },
  'GET bucket uploads': {
    run: listUploads,
    action: 's3:ListBucketMultipartUploads',
    query: ['uploads', 'prefix'],
  },
  'POST bucket delete': { run: deleteObjects, query: ['delete'] },
  'PUT object': { run: putObject, action: 's3:PutObject', conditions: OF_PUTS },
  'PUT object copy': { run: copyObject, action: 's3:PutObject', headers: SOURCE },
  'GET object': {
    run: getObject,
    action: 's3:GetObject',
    query: ['versionId', 'response-content-type', 'response-content-disposition'],
    conditions: OF_READS,
  },
  'HEAD object': { run: getObject, action: 's3:GetObject', query: ['versionId'], conditions: OF_READS },
  'DELETE object': { run: deleteObject, action: 's3:DeleteObject', query: ['versionId'] },
  'POST object uploads': { run: createUpload, action: 's3:PutObject', query: ['uploads'] },
  'PUT object uploadId': { run: putPart, action: 's3:PutObject', query: ['uploadId', 'partNumber'] },
  'PUT object uploadId copy': {
    run: putPart,
    action: 's3:PutObject',
    query: ['uploadId', 'partNumber'],
    headers: SOURCE_OF_PART,
  },
  'POST object uploadId': {
    run: completeUpload,
    action: 's3:PutObject',
    query: ['uploadId'],
    conditions: OF_PUTS,
    headers: /^x-amz-mp-object-size$/,
  },
  'DELETE object uploadId': { run: abortUpload, action: 's3:AbortMultipartUpload', query: ['uploadId'] },
  'GET object uploadId': {
    run: listParts,
    action: 's3:ListMultipartUploadParts',
    query: ['uploadId', 'part-number-marker', 'max-parts'],
  },
};

/** Parameters that make another operation of a request. */
const SUBRESOURCES = ['delete', 'list-type', 'location', 'uploadId', 'uploads', 'versioning', 'versions'];
const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range'];
const SIGNATURE_QUERY =
  /^X-Amz-(?:Algorithm|Content-Sha256|Credential|Date|Expires|Security-Token|Signature|SignedHeaders)$/;
const HARMLESS_QUERY =
  /^(?:x-id|x-amz-checksum-(?:mode|crc32|sha1|sha256)|x-amz-sdk-checksum-algorithm|x-amz-user-agent)$/;
const HEEDED_HEADERS =
  /^x-amz-(?:date|security-token|content-sha256|decoded-content-length|trailer|user-agent|sdk-checksum-algorithm|checksum-.+|meta-.+)$/;
/** What an object is anyway, with the values that say so. */
const HARMLESS_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'x-amz-acl': ['private', 'bucket-owner-full-control'],
  'x-amz-server-side-encryption': ['AES256'],
  'x-amz-storage-class': ['STANDARD'],
};

/**
 * Does what a request asks for.
 * @throws S3Error `NotImplemented` when that is more than this server can do, rather than do a part of it.
 */
export async function dispatch(store: Store, request: S3Request, requester: Requester): Promise<S3Answer> {
  const { method, bucket, query, headers } = request;
  const route = ROUTES[operationOf(request)];
  if (!route) {
    throw new S3Error('NotImplemented', `${method} of this address is not implemented by the local S3`);
  }
  const unknown = [
    ...query
      .keys()
      .filter(
        (name) => !route.query?.includes(name) && !SIGNATURE_QUERY.test(name) && !HARMLESS_QUERY.test(name),
      ),
    ...[...headers]
      .filter(([name, value]) => !isHeeded(route, name, value))
      .map((header) => header.join(': ')),
    ...CONDITIONS.filter((name) => headers.has(name) && !route.conditions?.includes(name)),
  ];
  if (unknown.length > 0) {
    throw new S3Error('NotImplemented', `${unknown.join(', ')}: not implemented by the local S3`);
  }
  // Before the bucket is looked for: whoever may not ask does not learn whether it is there.
  if (route.action !== undefined) demand(requester, actionOf(route.action, request), request);
  const needsBucket = route.run !== createBucket && route.run !== listBuckets;
  if (needsBucket && !store.database.hasBucket(bucket)) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
  }
  return route.run(store, request, requester);
}

/** The name of a route: method, what the address is, what of it, and whether another object is the source. */
function operationOf(request: S3Request): string {
  const { method, bucket, key, query } = request;
  const what = bucket === '' ? 'service' : key === undefined ? 'bucket' : 'object';
  const parts = [method, what, ...SUBRESOURCES.filter((name) => query.has(name))];
  return [...parts, ...(isCopy(request) ? ['copy'] : [])].join(' ');
}

const isHeeded = (route: Route, name: string, value: string): boolean =>
  !name.startsWith('x-amz-') ||
  HEEDED_HEADERS.test(name) ||
  route.headers?.test(name) === true ||
  HARMLESS_HEADERS[name]?.includes(value) === true;

/** What is asked of one version takes a right of its own. */
const actionOf = (action: string, { query }: S3Request): string =>
  query.has('versionId') ? `${action}Version` : action;

function demand(requester: Requester, action: string, { key, query }: S3Request): void {
  const refused = requester.refusal(
    action,
    key,
    key === undefined ? { 's3:prefix': [query.get('prefix') ?? ''] } : {},
  );
  if (refused !== undefined) throw new S3Error('AccessDenied', refused);
}
