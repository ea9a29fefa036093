import type { TenantId } from '../domain/ids.ts';

export interface RateLimit {
  /** Tokens that come back. */
  readonly requestsPerSec: number;
  /** Tokens that a full bucket has. */
  readonly burst: number;
}

/** What became of one request. */
export interface RateDecision {
  readonly allowed: boolean;
  /** Requests that could be sent at once now. */
  readonly remaining: number;
  /** When the bucket is full again. */
  readonly fullInMs: number;
  /** When the next request would be allowed; 0 for now. */
  readonly nextInMs: number;
}

/** A bucket of tokens a tenant, shared by all instances. */
export interface TokenBucket {
  /** Takes so many tokens, or none. */
  take(tenant: TenantId, limit: RateLimit, count: number): Promise<RateDecision>;
}

/** Decides on one request. */
export interface RateLimiter {
  take(tenant: TenantId, limit: RateLimit): Promise<RateDecision>;
}
