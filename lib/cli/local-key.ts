import type { TenantId } from '../domain/ids.ts';
import { ListAnswer } from './api-answers.ts';
import { ApiProblem, callApi } from './client.ts';
import { readLocalKey, writeLocalKey } from './stack-files.ts';
import { embeddedApiKeys } from './tenant-keys.ts';

export interface LocalStackSite {
  readonly dataDir: string;
  readonly apiUrl: string;
  /** Of the API function. */
  readonly environment: unknown;
  readonly tenant: TenantId;
}

/** The key kept in the data folder; a new one when there is none or the stack does not know it. */
export async function localKey({ dataDir, apiUrl, environment, tenant }: LocalStackSite): Promise<string> {
  const kept = await readLocalKey(dataDir);
  if (kept !== undefined && (await isKnown(apiUrl, kept))) return kept;
  const made = await embeddedApiKeys(environment).create(tenant);
  await writeLocalKey(dataDir, made);
  return made;
}

async function isKnown(endpoint: string, key: string): Promise<boolean> {
  try {
    await callApi(() => Promise.resolve({ endpoint, key }), '/v1/images?limit=1', ListAnswer);
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return false;
    throw error;
  }
}
