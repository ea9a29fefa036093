import type { Incarnation, TenantId } from '../domain/ids.ts';
import type { UnreadableSecrets } from '../domain/unreadable.ts';
import type { WebhookSecrets } from '../domain/webhook-secrets.ts';

/** Secrets that are there, whether or not they can be read. */
export type StoredSecrets = WebhookSecrets | UnreadableSecrets;

/** The secrets that sign a tenant's webhook, apart from its settings, so that only whoever signs reads them. */
export interface WebhookSecretStore {
  /** Strongly consistent. Undefined where they are lost. */
  get(tenant: TenantId, incarnation: Incarnation): Promise<StoredSecrets | undefined>;
  /**
   * Writes if the stored ones still have the revision before (none for revision 1), or are still these that cannot be read;
   * answers whether it did.
   */
  put(
    tenant: TenantId,
    incarnation: Incarnation,
    secrets: WebhookSecrets,
    unreadable?: UnreadableSecrets,
  ): Promise<boolean>;
}

/** What seals the cursors that a tenant is given. */
export interface CursorSeals {
  /** The same at every call for one incarnation, and made at the first. */
  of(tenant: TenantId, incarnation: Incarnation): Promise<string>;
}
