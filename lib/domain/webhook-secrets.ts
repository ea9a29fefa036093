/** What signs the calls of a tenant's webhook; shown to the tenant's own administrators. */
export interface WebhookSecrets {
  readonly current: string;
  /** The one before it, which signs as well until then. */
  readonly previous?: { readonly secret: string; readonly endsAtMs: number };
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
}

/**
 * The secrets that sign now: two for a while after a rotation, so that a receiver can change over.
 */
export const signingSecrets = ({ current, previous }: WebhookSecrets, nowMs: number): string[] =>
  previous && previous.endsAtMs > nowMs ? [current, previous.secret] : [current];
