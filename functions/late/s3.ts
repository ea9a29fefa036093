import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { unlogged } from '../../lib/adapters/unlogged.ts';
import { CONNECT_MS } from '../shared/timeouts.ts';

export { s3FolderNames, s3ObjectLists } from '../../lib/adapters/s3-object-lists.ts';
export { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
export { s3ObjectTimes } from '../../lib/adapters/s3-object-times.ts';
export { s3TenantData } from '../../lib/adapters/s3-tenant-data.ts';

const S3: S3ClientConfig = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: 15_000 },
};
/** Connections are shared by all clients. */
const { requestHandler } = new S3Client(S3).config;

/** @param credentials the function's own when left out */
export const s3 = (credentials?: S3ClientConfig['credentials']): S3Client =>
  unlogged(new S3Client({ ...S3, requestHandler, ...(credentials && { credentials }) }));
