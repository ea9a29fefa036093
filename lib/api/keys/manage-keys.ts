import type { z } from 'zod';
import type { RequestToken } from '../../domain/credential.ts';
import type { TenantId } from '../../domain/ids.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import { issueKey, type KeyDeps } from '../../steps/tenants/issue-key.ts';
import { noSuchKey, rotateKey } from '../../steps/tenants/rotate-key.ts';
import { keyJson } from './key-json.ts';
import type { KeyBody, KeyRotationBody, KeysAnswer, NewKey, RotatedKey } from './schema.ts';

/** Keys of a tenant, managed by itself (/v1/keys) or by the operator (/v1/tenants/:tenant/keys). */

export async function listKeys({ apiKeys }: KeyDeps, tenant: TenantId): Promise<KeysAnswer> {
  return { keys: readableOnes(await apiKeys.list(tenant)).map(keyJson) };
}

/** The answer shows the key, this once. @throws GlossError `not_found`, `conflict` */
export async function createKey(
  deps: KeyDeps,
  tenant: TenantId,
  { name, scopes, expiresInSec }: z.output<typeof KeyBody>,
  token?: RequestToken,
): Promise<NewKey> {
  const end = expiresInSec === undefined ? {} : { expiresAtMs: deps.clock.nowMs() + expiresInSec * 1000 };
  const wanted = { name, scopes: [...new Set(scopes)], ...end };
  const { key, apiKey } = await issueKey(deps, tenant, wanted, token);
  return { key, ...keyJson(apiKey) };
}

/** The answer shows the new key, this once. @throws GlossError `not_found`, `conflict` */
export async function replaceKey(
  deps: KeyDeps,
  tenant: TenantId,
  id: string,
  life: z.output<typeof KeyRotationBody>,
  token?: RequestToken,
): Promise<RotatedKey> {
  const { key, apiKey, previous } = await rotateKey(deps, tenant, id, life, token);
  return { key, ...keyJson(apiKey), previous: keyJson(previous) };
}

/** @throws GlossError `not_found` */
export async function revokeKey({ apiKeys }: KeyDeps, tenant: TenantId, id: string): Promise<void> {
  if (!(await apiKeys.revoke(tenant, id))) throw noSuchKey();
}
