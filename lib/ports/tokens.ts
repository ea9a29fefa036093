import type { Scope } from '../domain/credential.ts';
import type { TenantId } from '../domain/ids.ts';

/** What the claims of a token say, once its signature, issuer, audience and times have been checked. */
interface VerifiedToken {
  readonly tenant: TenantId;
  readonly scopes: readonly Scope[];
  readonly issuer: string;
  /** Whom the issuer speaks of. */
  readonly subject: string;
  readonly issuedAtMs: number;
}

/** Tokens (JWT) of the OpenID Connect issuer that the deployment trusts. */
export interface Tokens {
  /**
   * Undefined for what is no valid token of this issuer.
   * @throws GlossError `unavailable` when the issuer's keys cannot be had.
   */
  verify(token: string): Promise<VerifiedToken | undefined>;
}
