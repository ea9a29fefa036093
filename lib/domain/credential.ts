import type { TenantId } from './ids.ts';

/**
 * What a credential of a tenant may do: `search` reads images and asks queries, `upload` adds pictures and words, `delete`
 * removes them, `admin` manages the tenant's keys and reads its usage and its export.
 */
export const SCOPES = ['search', 'upload', 'delete', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whose a credential is: a tenant's, or the operator's, who runs the deployment and belongs to no tenant. */
export type Owner = TenantId | typeof OPERATOR;
/** No tenant can have this name, since it begins with an underscore. */
export const OPERATOR = '_operator';

/** Who asks, as authentication found out; nothing else makes one. */
export type Principal =
  | {
      readonly kind: 'tenant';
      readonly tenant: TenantId;
      readonly scopes: readonly Scope[];
      /** Of the API key, or the subject of the token. */
      readonly credentialId: string;
    }
  | { readonly kind: 'operator'; readonly credentialId: string };

/** An API key as it is kept; the key itself is shown once and stored as a hash. */
export interface ApiKey {
  /** Names the key in lists and in logs; 12 hexadecimal digits. */
  readonly id: string;
  readonly owner: Owner;
  /** What its owner calls it. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  /** From this moment on it opens nothing. */
  readonly expiresAtMs?: number;
  /** To the minute; absent before the first use. */
  readonly lastUsedAtMs?: number;
}

/** Whether a key opens anything at this moment. */
export const isValidAt = ({ expiresAtMs }: ApiKey, nowMs: number): boolean =>
  expiresAtMs === undefined || nowMs < expiresAtMs;
