import { createMiddleware } from 'hono/factory';
import type { TenantId } from '../domain/ids.ts';
import type { Manifests } from '../ports/manifests.ts';
import type { ApiEnv } from './env.ts';

/**
 * Reads the manifest while the account is read: what is searched is known by the credential. Who is not let in hears nothing of it.
 * Later pages have a snapshot of their own.
 */
export function readManifestAhead(manifests: Manifests) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const principal = c.get('principal');
    const isFirstPage = c.req.query('cursor') === undefined;
    c.set(
      'manifests',
      principal.kind === 'tenant' && isFirstPage ? readAhead(manifests, principal.tenant) : manifests,
    );
    await next();
  });
}

/** The first read has begun already; each further one reads anew. */
function readAhead(manifests: Manifests, tenant: TenantId): Manifests {
  let begun: ReturnType<Manifests['read']> | undefined = manifests.read(tenant);
  // Whoever asks for it gets the failure. Nobody may.
  begun.catch(() => undefined);
  return {
    read(wanted) {
      const first = wanted === tenant ? begun : undefined;
      begun = undefined;
      return first ?? manifests.read(wanted);
    },
    commit: (wanted, next) => manifests.commit(wanted, next),
  };
}
