import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dynamoApiKeys } from '../adapters/dynamo-api-keys.ts';
import type { ApiKeys } from '../ports/api-keys.ts';

const clock = { nowMs: () => Date.now() };

/** What it takes to reach the table of tenants of an embedded stack: a part of its API function's environment. */
const TenantsEnvironment = z.object({
  TENANTS_TABLE: z.string(),
  AWS_ENDPOINT_URL_DYNAMODB: z.url(),
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
});
export type TenantsEnvironment = z.infer<typeof TenantsEnvironment>;

/** Keys of an embedded stack. @throws ZodError when the environment lacks something. */
export function embeddedApiKeys(environment: unknown): ApiKeys {
  const env = TenantsEnvironment.parse(environment);
  const client = new DynamoDBClient({
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
    region: env.AWS_REGION,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  });
  return dynamoApiKeys(client, env.TENANTS_TABLE, clock);
}

/** Keys of a deployed service, with the AWS credentials and region of this process. */
export function deployedApiKeys(table: string): ApiKeys {
  return dynamoApiKeys(new DynamoDBClient({}), table, clock);
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
