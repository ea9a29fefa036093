import type { Incarnation, TenantId } from './ids.ts';

/**
 * What a credential of a tenant may do: `search` reads images and asks queries, `upload` adds pictures and changes
 * words, `delete` removes them, `admin` manages the tenant's keys and reads its usage and its export.
 */
export const SCOPES = ['search', 'upload', 'delete', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whose a credential is: a tenant's, or the operator's, who runs the deployment and belongs to no tenant. */
export type Owner = TenantId | typeof OPERATOR;
/** No tenant can have this name, since it begins with an underscore. */
export const OPERATOR = '_operator';

declare const brand: unique symbol;
/**
 * Names one request with an Idempotency-Key, whichever attempt it is: 24 random hexadecimal digits. What the request makes
 * is named by it, so that a later attempt finds what an earlier one made.
 */
export type RequestToken = string & { readonly [brand]: 'RequestToken' };

const KEY_ID_DIGITS = 12;
/** The id of the key that a request makes. */
export const keyIdOf = (token: RequestToken): string => token.slice(0, KEY_ID_DIGITS);

/** What opened the door, and for which life of the tenant's name. */
export type Credential =
  | { readonly kind: 'key'; readonly id: string; readonly incarnation: Incarnation | undefined }
  | {
      readonly kind: 'token';
      readonly issuer: string;
      readonly subject: string;
      readonly issuedAtMs: number;
    };

/** Who asks, as authentication found out; nothing else makes one. */
export type Principal =
  | {
      readonly kind: 'tenant';
      readonly tenant: TenantId;
      readonly scopes: readonly Scope[];
      readonly credential: Credential;
    }
  | { readonly kind: 'operator'; readonly credential: Credential };

/** An API key as it is kept; the key itself is shown once and stored as a hash. */
export interface ApiKey {
  /** Names the key in lists and in logs; 12 hexadecimal digits. */
  readonly id: string;
  readonly owner: Owner;
  /** Of the tenant that it was made for; absent for the operator's. */
  readonly incarnation?: Incarnation;
  /** What its owner calls it. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  /** From this moment on it opens nothing. */
  readonly expiresAtMs?: number;
  /** Of a key whose end was set later: how long it had been made to live; null for one that had no end. */
  readonly madeForMs?: number | null;
  /** To the minute; absent before the first use. */
  readonly lastUsedAtMs?: number;
}

/** How long a key was made to live, whatever became of it; null for one without an end. */
export const madeForMs = ({ madeForMs: kept, expiresAtMs, createdAtMs }: ApiKey): number | null =>
  kept === undefined ? (expiresAtMs === undefined ? null : expiresAtMs - createdAtMs) : kept;

/** Whether a key opens anything at this moment. */
export const isValidAt = ({ expiresAtMs }: ApiKey, nowMs: number): boolean =>
  expiresAtMs === undefined || nowMs < expiresAtMs;
