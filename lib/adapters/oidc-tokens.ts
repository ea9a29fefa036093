import { JwtVerifier } from 'aws-jwt-verify';
import { JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { SCOPES } from '../domain/credential.ts';
import { GlossError } from '../domain/errors.ts';
import { isTenantId } from '../domain/ids.ts';
import type { Clock } from '../ports/runtime.ts';
import type { Tokens } from '../ports/tokens.ts';

const FETCH_TIMEOUT_MS = 3_000;
/** The library compares with the clock of this machine, which may be wrong by so much; what holds is compared with ours. */
const MOST_APART_SEC = 86_400;

export interface OidcSettings {
  /** As in the tokens' `iss`, without a slash at the end; its keys are at `/.well-known/jwks.json` below it. */
  readonly issuer: string;
  /** As in `aud`, or in `client_id` of Cognito's access tokens. */
  readonly audience: string;
  /** The claim that names the tenant. */
  readonly tenantClaim: string;
  /** The claim that lists scopes: a text with spaces between them, or a list; `gloss/search` counts as `search`. */
  readonly scopeClaim: string;
}

/**
 * Verifies tokens with aws-jwt-verify: asymmetric signatures only; the issuer's keys are cached and read again
 * for an unknown one.
 */
export function oidcTokens(
  { issuer, audience, tenantClaim, scopeClaim }: OidcSettings,
  clock: Clock,
): Tokens {
  const verifier = JwtVerifier.create(
    { issuer, audience, graceSeconds: MOST_APART_SEC },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) },
  );
  return {
    async verify(token) {
      const claims = await verifier.verify(token).catch((error: unknown) => {
        if (error instanceof GlossError || !(error instanceof JwtBaseError)) throw error;
        return undefined;
      });
      const tenant = claims?.[tenantClaim];
      if (typeof tenant !== 'string' || !isTenantId(tenant)) return undefined;
      // The library checks `exp` where there is one: a token without an end, or of nobody, is refused here.
      const { exp, iat, nbf = 0, sub } = claims!;
      if (exp === undefined || iat === undefined || typeof sub !== 'string' || sub === '') return undefined;
      const nowSec = clock.nowMs() / 1000;
      if (exp < nowSec || nbf > nowSec) return undefined;
      return {
        tenant,
        scopes: scopesOf(claims![scopeClaim]),
        issuer,
        subject: sub,
        issuedAtMs: iat * 1000,
      };
    },
  };
}

/** What may stand before a scope, as Cognito writes scopes of a resource server that is called `gloss`. */
const SCOPE_PREFIX = 'gloss/';

/** `search` and `gloss/search` are the scope `search`; `other/search` is somebody else's. */
function scopesOf(claim: unknown) {
  const words = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim.map(String) : [];
  const named = new Set(words);
  return SCOPES.filter((scope) => named.has(scope) || named.has(`${SCOPE_PREFIX}${scope}`));
}

async function fetchKeys(uri: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(uri, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.arrayBuffer();
  } catch (cause) {
    throw new GlossError('unavailable', 'issuer_unavailable', "the token issuer's keys cannot be had", {
      cause,
    });
  }
}
