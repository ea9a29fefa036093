import type { TenantId } from '../domain/ids.ts';
import type { Manifest } from '../index/segment/manifest.ts';

/** The one item per tenant that says what is searched. */
export interface Manifests {
  /** Strongly consistent; the empty manifest for a tenant without one. @throws GlossError `corrupt`. */
  read(tenant: TenantId): Promise<Manifest>;
  /**
   * Replaces the manifest if the stored one has the version before `next.version`.
   * Answers whether it did: false means that another writer committed first.
   */
  commit(tenant: TenantId, next: Manifest): Promise<boolean>;
}
