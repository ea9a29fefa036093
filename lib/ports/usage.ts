import type { TenantId } from '../domain/ids.ts';

/** What a tenant has used up in a day. */
export interface UsageCounts {
  /** Pictures that were described. */
  readonly images: number;
  /** Views that the model has answered, paid whether or not anything came of it. */
  readonly views: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a dollar for those tokens, at the price of the day. */
  readonly modelMicroUsd: number;
  /** DynamoDB's request units. */
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface UsageDay extends UsageCounts {
  /** In UTC, as `2026-11-24`. */
  readonly day: string;
}

/** Counts by tenant and day; adding is atomic, whoever adds at once. */
export interface Usage {
  add(tenant: TenantId, day: string, counts: Partial<UsageCounts>): Promise<void>;
  /** Days that have something, in order, both ends included. */
  days(tenant: TenantId, from: string, to: string): Promise<readonly UsageDay[]>;
}
