import type { Principal } from '../domain/credential.ts';
import { OPERATIONS } from './openapi/operations.ts';

/** What is done with a write that comes again with its Idempotency-Key. */
type Retry = 'replayed' | 'again' | 'refused';

const WRITES = OPERATIONS.filter(({ method }) => method !== 'get').map(({ method, path, retry }) => ({
  method: method.toUpperCase(),
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  retry: retry ?? ('replayed' as const),
}));

/** What is no operation is not kept: of it nobody has said that its answer holds no secret. */
export const retryOf = (method: string, path: string): Retry =>
  WRITES.find((write) => write.method === method && write.path.test(path))?.retry ?? 'again';

/**
 * Who asks, as far as a retry must come from the same. A refreshed token of the same subject is the same; it was checked
 * against the life of its tenant before.
 */
export function identityOf(principal: Principal): readonly unknown[] {
  const { credential } = principal;
  const who =
    credential.kind === 'key'
      ? ['key', credential.id, credential.incarnation ?? null]
      : ['token', credential.issuer, credential.subject];
  return principal.kind === 'operator'
    ? ['operator', who]
    : ['tenant', principal.tenant, who, [...principal.scopes].sort()];
}
