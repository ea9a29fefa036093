import type { Incarnation, TenantId } from '../domain/ids.ts';
import type { WebhookSecrets } from '../domain/webhook-secrets.ts';

/** The secrets that sign a tenant's webhook, apart from its settings, so that only whoever signs reads them. */
export interface WebhookSecretStore {
  /** Strongly consistent. */
  get(tenant: TenantId, incarnation: Incarnation): Promise<WebhookSecrets | undefined>;
  /** Writes if the stored ones still have the revision before (none for revision 1); answers whether it did. */
  put(tenant: TenantId, incarnation: Incarnation, secrets: WebhookSecrets): Promise<boolean>;
}

/** What seals the cursors that a tenant is given. */
export interface CursorSeals {
  /** The same at every call for one incarnation, and made at the first. */
  of(tenant: TenantId, incarnation: Incarnation): Promise<string>;
}
