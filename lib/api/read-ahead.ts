import { createMiddleware } from 'hono/factory';
import type { TenantId } from '../domain/ids.ts';
import type { Manifest } from '../index/segment/manifest.ts';
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
    if (principal.kind !== 'tenant' || !isFirstPage) {
      c.set('manifests', manifests);
      return next();
    }
    const { tenant } = principal;
    const first = manifests.read(tenant);
    c.set('manifests', readAhead(manifests, tenant, first));
    // Whoever asks for it gets its failure. Where nobody does, it still ends before the request.
    await Promise.allSettled([first, next()]);
    return undefined;
  });
}

/** The first read has begun already; each further one reads anew. */
function readAhead(manifests: Manifests, tenant: TenantId, begun: Promise<Manifest>): Manifests {
  let first: Promise<Manifest> | undefined = begun;
  return {
    read(wanted) {
      const read = wanted === tenant ? first : undefined;
      first = undefined;
      return read ?? manifests.read(wanted);
    },
    commit: (wanted, next) => manifests.commit(wanted, next),
  };
}
