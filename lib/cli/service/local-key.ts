import { ImagesPage } from '../../api/images/image.ts';
import { TenantsPage } from '../../api/tenants/schema.ts';
import type { TenantId } from '../../domain/ids.ts';
import { ApiProblem, callApi } from './client.ts';
import { readLocalKey, writeLocalKey } from './stack-files.ts';
import { embeddedTenants, makeOperatorKey, makeTenantKey } from './tenant-keys.ts';

interface LocalStackSite {
  readonly dataDir: string;
  readonly apiUrl: string;
  /** What reaches the table of tenants. */
  readonly environment: unknown;
  readonly tenant: TenantId;
}

/** The tenant's key kept in the data folder; a new one when there is none or the stack does not know it. */
export async function localKey({ dataDir, apiUrl, environment, tenant }: LocalStackSite): Promise<string> {
  const ask = (key: string) =>
    callApi(() => Promise.resolve({ endpoint: apiUrl, key }), '/v1/images?limit=1', ImagesPage);
  const kept = await readLocalKey(dataDir, 'tenant');
  if (kept !== undefined && (await isKnown(() => ask(kept)))) return kept;
  const made = await makeTenantKey(embeddedTenants(environment), tenant);
  await writeLocalKey(dataDir, 'tenant', made);
  return made;
}

/** The same of the operator's key, for `gloss tenants` and `gloss keys`. */
export async function localOperatorKey({ dataDir, apiUrl, environment }: LocalStackSite): Promise<string> {
  const ask = (key: string) =>
    callApi(() => Promise.resolve({ endpoint: apiUrl, key }), '/v1/tenants?limit=1', TenantsPage);
  const kept = await readLocalKey(dataDir, 'operator');
  if (kept !== undefined && (await isKnown(() => ask(kept)))) return kept;
  const made = await makeOperatorKey(embeddedTenants(environment));
  await writeLocalKey(dataDir, 'operator', made);
  return made;
}

async function isKnown(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return false;
    throw error;
  }
}
