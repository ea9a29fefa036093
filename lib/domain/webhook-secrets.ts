import type { RequestToken } from './credential.ts';

/** What signs the calls of a tenant's webhook; shown to the tenant's own administrators. */
export interface WebhookSecrets {
  readonly current: string;
  /** The one before it, which signs as well until then. */
  readonly previous?: { readonly secret: string; readonly endsAtMs: number };
  /** Of the request that made the current one, if it has one: another attempt of it finds what the first has made. */
  readonly madeBy?: RequestToken;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
}

/** What a secret begins with: Standard Webhooks 1.0, "Signature scheme". The key's bytes follow, in base64. */
const PREFIX = 'whsec_';

/** @param hex 24 to 64 random bytes in hexadecimal */
export const webhookSecret = (hex: string): string => secretOf(Buffer.from(hex, 'hex'));

/**
 * A stored secret as its owner sees it. Versions before 0.2 stored hexadecimal digits and signed with their text: the
 * bytes of that text are the key of the secret that is shown.
 */
export const shownSecret = (stored: string): string =>
  stored.startsWith(PREFIX) ? stored : secretOf(Buffer.from(stored));

/** The bytes that a shown secret signs with. */
export const signingKey = (shown: string): Uint8Array => Buffer.from(shown.slice(PREFIX.length), 'base64');

/**
 * The secrets that sign now, as they are shown: two for a while after a rotation, so that a receiver can change over.
 */
export const signingSecrets = ({ current, previous }: WebhookSecrets, nowMs: number): string[] =>
  (previous && previous.endsAtMs > nowMs ? [current, previous.secret] : [current]).map(shownSecret);

const secretOf = (key: Buffer): string => PREFIX + key.toString('base64');
