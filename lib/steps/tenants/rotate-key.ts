import { isValidAt, keyIdOf, madeForMs, type ApiKey, type RequestToken } from '../../domain/credential.ts';
import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { readable } from '../../domain/unreadable.ts';
import { issueKey, type KeyDeps } from './issue-key.ts';

/**
 * Creates a key with the name and scopes of another key, which stays valid for a while, so that its users can
 * change over without a gap. The old key never lives longer than it would have. The new one lives as long as
 * the old one was made for, unless a lifetime is given.
 * @param overlapSec how long both are valid, from 0 on
 * @param token of the request: another attempt of it finds the key that the first has made
 * @throws GlossError `not_found` if the tenant has no such key, or it has expired; `conflict` for a tenant that is
 * being deleted.
 */
export async function rotateKey(
  deps: KeyDeps,
  tenant: TenantId,
  id: string,
  { overlapSec, expiresInSec }: { readonly overlapSec: number; readonly expiresInSec?: number },
  token?: RequestToken,
): Promise<{ readonly key: string; readonly apiKey: ApiKey; readonly previous: ApiKey }> {
  const { apiKeys, clock } = deps;
  const nowMs = clock.nowMs();
  const keys = await apiKeys.list(tenant);
  const found = keys.find((apiKey) => apiKey.id === id);
  const old = found && readable(found);
  // An earlier attempt may have ended it.
  const isBegun = token !== undefined && keys.some((apiKey) => apiKey.id === keyIdOf(token));
  if (!old || !(isBegun || isValidAt(old, nowMs))) throw noSuchKey();
  // Also of a key that is being rotated already: whoever did not hear the answer asks again.
  const lifeMs = expiresInSec === undefined ? madeForMs(old) : expiresInSec * 1000;
  const wanted = {
    name: old.name,
    scopes: old.scopes,
    ...(lifeMs !== null && { expiresAtMs: nowMs + lifeMs }),
  };
  const { key, apiKey } = await issueKey(deps, tenant, wanted, token);
  const previous = await apiKeys.expire(tenant, id, nowMs + overlapSec * 1000);
  if (!previous) {
    await apiKeys.revoke(tenant, apiKey.id); // revoked in the meantime: the new key must not stay
    throw noSuchKey();
  }
  return { key, apiKey, previous };
}

export const noSuchKey = () => new GlossError('not_found', 'key_not_found', 'there is no such key');
