import { GlossError } from '../../domain/errors.ts';
import { modelUsd } from '../../domain/prices.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Usage } from '../../ports/usage.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { dayOf, monthOf } from '../../domain/calendar.ts';

export const BUDGET_USED_UP = 'budget_used_up';

/**
 * A model that is asked only while the tenant's budget for the month lasts. Each answer is counted as it
 * arrives, whatever becomes of it. Views in progress do not see each other, so a budget may be exceeded by
 * their cost.
 * @param budgetUsd dollars a calendar month
 */
export function budgetModel(
  { usage, clock }: { readonly usage: Usage; readonly clock: Clock },
  tenant: TenantId,
  model: VisionModel,
  budgetUsd: number,
): VisionModel {
  return {
    modelId: model.modelId,
    async look(jpeg, prompt) {
      const spentUsd = await monthUsd(usage, tenant, clock.nowMs());
      if (spentUsd >= budgetUsd) {
        const message = `the month's budget of ${budgetUsd} dollars for describing pictures is used up`;
        throw new GlossError('throttled', BUDGET_USED_UP, message);
      }
      const answer = await model.look(jpeg, prompt);
      const { inputTokens, outputTokens } = answer.usage;
      const modelMicroUsd = Math.round(modelUsd(model.modelId, answer.usage) * 1e6);
      const counts = { views: 1, inputTokens, outputTokens, modelMicroUsd };
      await usage.add(tenant, dayOf(clock.nowMs()), counts);
      return answer;
    },
  };
}

/** Dollars that the model has cost a tenant in the calendar month of a time. */
export async function monthUsd(usage: Usage, tenant: TenantId, nowMs: number): Promise<number> {
  const { from, to } = monthOf(nowMs);
  const days = await usage.days(tenant, from, to);
  return days.reduce((sum, { modelMicroUsd }) => sum + modelMicroUsd, 0) / 1e6;
}
