import { randomBytes } from 'node:crypto';
import { createApp } from '../../lib/api/app.ts';
import { SCOPES } from '../../lib/domain/credential.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { importDocuments, type ImportedDocument } from '../../lib/steps/images/import-documents.ts';
import { createTenant } from '../../lib/steps/tenants/create-tenant.ts';
import { issueKey } from '../../lib/steps/tenants/issue-key.ts';
import type { Access } from './iam/access.ts';
import { itemTableRequest } from './item-table-request.ts';
import { startSts } from './servers/sts-server.ts';
import { openTemporaryIndex } from './temporary-index.ts';

const KEY_PAIR = { accessKeyId: 'local', secretAccessKey: 'local' };
/** Whoever asks may do everything: what is asked is counted, and who may ask it is tested elsewhere. */
const OPEN: Access = {
  arnOf: () => 'arn:aws:iam::000000000000:user/local',
  secretOf: () => KEY_PAIR.secretAccessKey,
  refusal: () => undefined,
  assumeRole: () => ({ ...KEY_PAIR, sessionToken: 'local' }),
};
const IMPORTED_AT_ONCE = 100;
const NOWHERE = 'http://127.0.0.1:9';

/**
 * The API's app with its real adapters in this process, over a temporary index of one tenant. What the app asks of DynamoDB goes through
 * clients of this process, so that it can be counted there. The environment of the process is that of the function from here on.
 */
export async function openCountedApi() {
  const store = await openTemporaryIndex();
  const sts = await startSts(OPEN);
  await store.client.send(itemTableRequest('tenants'));
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: KEY_PAIR.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEY_PAIR.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: store.endpoint,
    AWS_ENDPOINT_URL_STS: sts.endpoint,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_METRICS_NAMESPACE: 'Gloss',
    TENANT_ROLE_ARN: 'arn:aws:iam::000000000000:role/tenant',
    TENANTS_TABLE: 'tenants',
    IMAGES_TABLE: 'images',
    INDEX_TABLE: 'index',
    BUCKET: 'bucket',
    BUCKET_URL: `${NOWHERE}/bucket`,
    ADMIT_QUEUE_URL: NOWHERE,
    INDEX_QUEUE_URL: NOWHERE,
    BULK_INDEX_QUEUE_URL: NOWHERE,
    PURGE_QUEUE_URL: NOWHERE,
    REINDEX_QUEUE_URL: NOWHERE,
    NOTIFY_QUEUE_URL: NOWHERE,
    MERGE_QUEUE_URL: NOWHERE,
    MODEL_IDS: 'none',
    MAX_IMAGE_BYTES: '1',
    PING_FUNCTION: 'none',
    SEGMENTS_FUNCTION: 'none',
    WEBHOOKS: 'local',
    LAMBDA_TASK_ROOT: new URL('../../lib', import.meta.url).pathname,
  };
  Object.assign(process.env, environment);
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');

  const tenant = parseTenantId('bench');
  const deps = apiDeps(process.env);
  const limits = { requestsPerSec: 1_000, burst: 1_000 };
  await createTenant({ ...deps, newSecret: () => randomBytes(32).toString('hex') }, tenant, { limits });
  const { key } = await issueKey(deps, tenant, { name: '', scopes: SCOPES });

  return {
    /** Makes documents searchable, and merges as they come. */
    async add(documents: readonly ImportedDocument[], onProgress: (done: number) => void): Promise<void> {
      for (let from = 0; from < documents.length; from += IMPORTED_AT_ONCE) {
        const some = documents.slice(from, from + IMPORTED_AT_ONCE);
        await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, some);
        await store.settle(tenant);
        onProgress(from + some.length);
      }
    },

    /** An instance of the function that has read nothing; answers the text of a response. */
    instance() {
      const app = createApp(apiDeps(process.env), (error) => {
        throw error;
      });
      return async (path: string): Promise<string> => {
        const response = await app.request(path, { headers: { authorization: `Bearer ${key}` } });
        if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
        return response.text();
      };
    },

    async close(): Promise<void> {
      await sts.close();
      await store.close();
    },
  };
}
