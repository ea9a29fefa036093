import type { ApiKey } from '../../domain/credential.ts';
import type { Key } from './schema.ts';

/** An API key, as the API shows it: everything but the key. */
export function keyJson({ id, name, scopes, createdAtMs, expiresAtMs, lastUsedAtMs }: ApiKey): Key {
  return {
    id,
    name,
    scopes,
    createdAt: new Date(createdAtMs).toISOString(),
    ...(expiresAtMs !== undefined && { expiresAt: new Date(expiresAtMs).toISOString() }),
    ...(lastUsedAtMs !== undefined && { lastUsedAt: new Date(lastUsedAtMs).toISOString() }),
  };
}
