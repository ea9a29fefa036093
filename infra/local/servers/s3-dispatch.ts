import { createBucket, deleteObjects, listObjects, listVersions } from './s3-bucket-operations.ts';
import { S3Error } from './s3-error.ts';
import {
  deleteObject,
  getObject,
  putObject,
  type S3Answer,
  type Requester,
  type Store,
} from './s3-operations.ts';
import type { S3Request } from './s3-request.ts';

type Operation = (store: Store, request: S3Request, requester: Requester) => Promise<S3Answer> | S3Answer;

/** An operation with all that it heeds: whatever else a request carries, another operation would be meant. */
interface Route {
  readonly run: Operation;
  /** What the requester must be allowed to do; DeleteObjects asks for each key by itself. */
  readonly action?: string;
  readonly query: readonly string[];
  /** Conditions that it checks; others must not be passed over. */
  readonly conditions: readonly string[];
}

const ROUTES: Readonly<Record<string, Route>> = {
  'PUT bucket': { run: createBucket, action: 's3:CreateBucket', query: [], conditions: [] },
  'HEAD bucket': { run: () => ({ status: 200 }), action: 's3:ListBucket', query: [], conditions: [] },
  'GET bucket': {
    run: listObjects,
    action: 's3:ListBucket',
    query: ['list-type', 'prefix', 'start-after', 'continuation-token', 'max-keys', 'encoding-type'],
    conditions: [],
  },
  'GET bucket versions': {
    run: listVersions,
    action: 's3:ListBucketVersions',
    query: ['versions', 'prefix', 'key-marker', 'version-id-marker', 'max-keys', 'encoding-type'],
    conditions: [],
  },
  'POST bucket': { run: deleteObjects, query: ['delete'], conditions: [] },
  'PUT object': {
    run: putObject,
    action: 's3:PutObject',
    query: [],
    conditions: ['if-match', 'if-none-match'],
  },
  // A browser asks for changes since a time only with a tag, which then counts alone (RFC 9110, section 13.2.2).
  'GET object': {
    run: getObject,
    action: 's3:GetObject',
    query: ['versionId', 'response-content-type', 'response-content-disposition'],
    conditions: ['if-match', 'if-none-match', 'if-modified-since'],
  },
  'HEAD object': {
    run: getObject,
    action: 's3:GetObject',
    query: ['versionId'],
    conditions: ['if-match', 'if-none-match', 'if-modified-since'],
  },
  'DELETE object': { run: deleteObject, action: 's3:DeleteObject', query: ['versionId'], conditions: [] },
};

const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range'];
const SIGNATURE_QUERY =
  /^X-Amz-(?:Algorithm|Content-Sha256|Credential|Date|Expires|Security-Token|Signature|SignedHeaders)$/;
const HARMLESS_QUERY =
  /^(?:x-id|x-amz-checksum-(?:mode|crc32|sha1|sha256)|x-amz-sdk-checksum-algorithm|x-amz-user-agent)$/;
const HEEDED_HEADERS =
  /^x-amz-(?:date|security-token|content-sha256|decoded-content-length|trailer|user-agent|sdk-checksum-algorithm|checksum-.+|meta-.+)$/;

/**
 * Does what a request asks for.
 * @throws S3Error `NotImplemented` when that is more than this server can do, rather than do a part of it.
 */
export async function dispatch(store: Store, request: S3Request, requester: Requester): Promise<S3Answer> {
  const { method, bucket, key, query, headers } = request;
  const of = key === undefined ? (query.has('versions') ? 'bucket versions' : 'bucket') : 'object';
  const route = ROUTES[`${method} ${of}`];
  if (!route || (method === 'POST' && !query.has('delete'))) {
    throw new S3Error('NotImplemented', `${method} of this address is not implemented by the local S3`);
  }
  const unknown = [
    ...query
      .keys()
      .filter(
        (name) => !route.query.includes(name) && !SIGNATURE_QUERY.test(name) && !HARMLESS_QUERY.test(name),
      ),
    ...headers.keys().filter((name) => name.startsWith('x-amz-') && !HEEDED_HEADERS.test(name)),
    ...CONDITIONS.filter((name) => headers.has(name) && !route.conditions.includes(name)),
  ];
  if (unknown.length > 0) {
    throw new S3Error('NotImplemented', `${unknown.join(', ')}: not implemented by the local S3`);
  }
  // Before the bucket is looked for: whoever may not ask does not learn whether it is there.
  if (route.action !== undefined) demand(requester, actionOf(route.action, request), request);
  if (route.run !== createBucket && !store.database.hasBucket(bucket)) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
  }
  return route.run(store, request, requester);
}

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
