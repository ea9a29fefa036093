import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { dynamoApiKeys } from '../../adapters/dynamo-api-keys.ts';
import { dynamoWebhookSecrets } from '../../adapters/dynamo-tenant-secrets.ts';
import { dynamoTenants } from '../../adapters/dynamo-tenants.ts';
import { migrateTenants, type MigratedTenants } from '../../adapters/migrate-tenants.ts';
import { OPERATOR, SCOPES } from '../../domain/credential.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ApiKeys } from '../../ports/api-keys.ts';
import type { Clock, NewSecret } from '../../ports/runtime.ts';
import type { WebhookSecretStore } from '../../ports/tenant-secrets.ts';
import type { Tenants } from '../../ports/tenants.ts';
import { createTenant } from '../../steps/tenants/create-tenant.ts';
import { issueKey } from '../../steps/tenants/issue-key.ts';

/** The table of tenants, reached directly: how the first key of a deployment is made. */
export interface TenantsTable {
  readonly tenants: Tenants;
  readonly apiKeys: ApiKeys;
  readonly clock: Clock;
  readonly newSecret: NewSecret;
  readonly webhookSecrets: WebhookSecretStore;
  /** Moves what earlier versions stored to where this one looks. */
  readonly migrate: () => Promise<MigratedTenants>;
}

/** What it takes to reach the table of tenants of an embedded stack, as its owner. */
const TenantsEnvironment = z.object({
  TENANTS_TABLE: z.string(),
  AWS_ENDPOINT_URL_DYNAMODB: z.url(),
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
});

/** The table of an embedded stack. @throws ZodError when the environment lacks something. */
export function embeddedTenants(environment: unknown): TenantsTable {
  const env = TenantsEnvironment.parse(environment);
  const client = new DynamoDBClient({
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
    region: env.AWS_REGION,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  });
  return tenantsTable(client, env.TENANTS_TABLE);
}

/** The table of a deployed service, with the AWS credentials and region of this process. */
export const deployedTenants = (table: string): TenantsTable => tenantsTable(new DynamoDBClient({}), table);

function tenantsTable(client: DynamoDBClient, table: string): TenantsTable {
  const clock = { nowMs: () => Date.now() };
  const newSecret = () => randomBytes(32).toString('hex');
  return {
    tenants: dynamoTenants(client, table),
    webhookSecrets: dynamoWebhookSecrets(client, table),
    migrate: () => migrateTenants(client, table),
    apiKeys: dynamoApiKeys(client, table, clock),
    clock,
    newSecret,
  };
}

/** A key with all scopes for a tenant, which is made if there is none of this name. */
export async function makeTenantKey(table: TenantsTable, tenant: TenantId): Promise<string> {
  await table.migrate(); // the name may be that of a tenant which an earlier version stored
  if (!(await table.tenants.get(tenant))) await createTenant(table, tenant);
  return (await issueKey(table, tenant, { name: 'gloss key', scopes: SCOPES })).key;
}

/** A key that manages tenants. */
export async function makeOperatorKey({ apiKeys }: TenantsTable): Promise<string> {
  return (await apiKeys.create(OPERATOR, { name: 'gloss key', scopes: [] })).key;
}

/** Leaves the environment for `gloss key`, for the owner's eyes. */
export async function writeTenantsEnvironment(dataDir: string, environment: unknown): Promise<void> {
  const text = `${JSON.stringify(TenantsEnvironment.parse(environment), undefined, 2)}\n`;
  await writeFile(tenantsPath(dataDir), text, { mode: 0o600 });
}

export async function readTenantsEnvironment(dataDir: string): Promise<unknown> {
  return JSON.parse(await readFile(tenantsPath(dataDir), 'utf8'));
}

const tenantsPath = (dataDir: string): string => join(dataDir, 'tenants.json');
