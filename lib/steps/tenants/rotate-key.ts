import { isValidAt, type ApiKey, type Owner } from '../../domain/credential.ts';
import { GlossError } from '../../domain/errors.ts';
import type { ApiKeys } from '../../ports/api-keys.ts';
import type { Clock } from '../../ports/runtime.ts';

/**
 * Creates a key with the name and scopes of another key, which stays valid for a while, so that its users can
 * change over without a gap. The old key never lives longer than it would have. The new one lives as long as
 * the old one was made for, unless a lifetime is given.
 * @param overlapSec how long both are valid, from 0 on
 * @throws GlossError `not_found` if the owner has no such key, or it has expired.
 */
export async function rotateKey(
  { apiKeys, clock }: { readonly apiKeys: ApiKeys; readonly clock: Clock },
  owner: Owner,
  id: string,
  { overlapSec, expiresInSec }: { readonly overlapSec: number; readonly expiresInSec?: number },
): Promise<{ readonly key: string; readonly apiKey: ApiKey; readonly previous: ApiKey }> {
  const nowMs = clock.nowMs();
  const old = (await apiKeys.list(owner)).find((apiKey) => apiKey.id === id);
  if (!old || !isValidAt(old, nowMs)) throw noSuchKey();
  const madeForMs = old.expiresAtMs && old.expiresAtMs - old.createdAtMs;
  const lifeMs = expiresInSec === undefined ? madeForMs : expiresInSec * 1000;
  const { key, apiKey } = await apiKeys.create(owner, {
    name: old.name,
    scopes: old.scopes,
    ...(lifeMs !== undefined && { expiresAtMs: nowMs + lifeMs }),
  });
  const endMs = Math.min(nowMs + overlapSec * 1000, old.expiresAtMs ?? Infinity);
  const previous = await apiKeys.expire(owner, id, endMs);
  if (!previous) {
    await apiKeys.revoke(owner, apiKey.id); // revoked in the meantime: the new key must not stay
    throw noSuchKey();
  }
  return { key, apiKey, previous };
}

export const noSuchKey = () => new GlossError('not_found', 'key_not_found', 'there is no such key');
