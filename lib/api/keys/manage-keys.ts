import type { z } from 'zod';
import type { Owner } from '../../domain/credential.ts';
import type { ApiKeys } from '../../ports/api-keys.ts';
import type { Clock } from '../../ports/runtime.ts';
import { noSuchKey, rotateKey } from '../../steps/tenants/rotate-key.ts';
import { keyJson } from './key-json.ts';
import type { KeyBody, KeyRotationBody, KeysAnswer, NewKey, RotatedKey } from './schema.ts';

/** Keys of a tenant, managed by itself (/v1/keys) or by the operator (/v1/tenants/:tenant/keys). */

export interface KeyDeps {
  readonly apiKeys: ApiKeys;
  readonly clock: Clock;
}

export async function listKeys({ apiKeys }: KeyDeps, owner: Owner): Promise<KeysAnswer> {
  return { keys: (await apiKeys.list(owner)).map(keyJson) };
}

/** The answer shows the key, this once. */
export async function createKey(
  { apiKeys, clock }: KeyDeps,
  owner: Owner,
  { name, scopes, expiresInSec }: z.output<typeof KeyBody>,
): Promise<NewKey> {
  const end = expiresInSec === undefined ? {} : { expiresAtMs: clock.nowMs() + expiresInSec * 1000 };
  const { key, apiKey } = await apiKeys.create(owner, { name, scopes: [...new Set(scopes)], ...end });
  return { key, ...keyJson(apiKey) };
}

/** The answer shows the new key, this once. @throws GlossError `not_found` */
export async function replaceKey(
  deps: KeyDeps,
  owner: Owner,
  id: string,
  life: z.output<typeof KeyRotationBody>,
): Promise<RotatedKey> {
  const { key, apiKey, previous } = await rotateKey(deps, owner, id, life);
  return { key, ...keyJson(apiKey), previous: keyJson(previous) };
}

/** @throws GlossError `not_found` */
export async function revokeKey({ apiKeys }: KeyDeps, owner: Owner, id: string): Promise<void> {
  if (!(await apiKeys.revoke(owner, id))) throw noSuchKey();
}
