import { GlossError } from '../../domain/errors.ts';
import type { ModelUsage } from '../../domain/gloss.ts';
import { modelUsd } from '../../domain/prices.ts';
import type { TenantId } from '../../domain/ids.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { UsageEntry } from '../../domain/usage.ts';
import type { Usage } from '../../ports/usage.ts';
import { dayOf, monthOf } from '../../domain/calendar.ts';

export const BUDGET_USED_UP = 'budget_used_up';

export function budgetUsedUp(budgetUsd: number): GlossError {
  const message = `the month's budget of ${budgetUsd} dollars for describing pictures is used up`;
  return new GlossError('throttled', BUDGET_USED_UP, message);
}

/** Dollars that the model has cost a tenant in the calendar month of a time. */
export async function monthUsd(usage: Usage, tenant: TenantId, nowMs: number): Promise<number> {
  const { from, to } = monthOf(nowMs);
  // A day that cannot be read counts nothing: a tenant does not stand still for it.
  const days = readableOnes(await usage.days(tenant, from, to));
  return days.reduce((sum, { modelMicroUsd }) => sum + modelMicroUsd, 0) / 1e6;
}

/** What one answer of a model adds to the usage of its tenant. */
export function usageOfAnswer(modelId: string, usage: ModelUsage, nowMs: number): UsageEntry {
  const { inputTokens, outputTokens } = usage;
  const modelMicroUsd = Math.round(modelUsd(modelId, usage) * 1e6);
  return { day: dayOf(nowMs), counts: { views: 1, inputTokens, outputTokens, modelMicroUsd } };
}
