import { GlossError } from '../../domain/errors.ts';
import type { Tenants } from '../../ports/tenants.ts';
import type { TenantSettings } from '../../domain/tenant.ts';
import type { Usage } from '../../ports/usage.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { BUDGET_USED_UP, budgetModel, monthUsd } from './budget-model.ts';
import { describeImage } from './describe-image.ts';
import type { DescribeDeps, DescribeOutcome, DescribeRequest, DescribeSettings } from './describe-request.ts';
import { dayOf } from '../../domain/calendar.ts';

export interface DescribeForTenantDeps extends Omit<DescribeDeps, 'model' | 'settings'> {
  /** What the tenant does not choose, or not always. */
  readonly settings: Omit<DescribeSettings, 'limits' | 'language'>;
  readonly tenants: Tenants;
  readonly usage: Usage;
  /** Models that a tenant may choose; the first is the usual one. */
  readonly models: readonly VisionModel[];
}

/**
 * Describes an upload in the manner that its tenant has chosen, as long as the tenant's budget lasts; after that images
 * fail at once, and say why. An upload address outlives a deleted tenant by some minutes; what comes by it then goes at
 * once.
 * @throws as describeImage
 */
export async function describeForTenant(
  deps: DescribeForTenantDeps,
  request: DescribeRequest,
): Promise<DescribeOutcome> {
  const { tenant } = request;
  const account = await deps.tenants.get(tenant);
  if (account?.status !== 'active' && account?.status !== 'suspended') {
    await deps.objects.remove(tenant, request.key);
    return 'gone';
  }
  const { settings } = account;
  const budgetUsd = settings.limits.modelUsdPerMonth;
  const model = budgetModel(deps, tenant, modelOf(deps, settings), budgetUsd);
  const { language, cropPolicy = deps.settings.cropPolicy } = settings;
  const usedUp = (await monthUsd(deps.usage, tenant, deps.clock.nowMs())) >= budgetUsd;
  try {
    const outcome = await describeImage(
      { ...deps, model, settings: { ...deps.settings, cropPolicy, language, limits: settings.limits } },
      // There is no use in trying again within the hour.
      { ...request, lastAttempt: request.lastAttempt || usedUp },
    );
    if (outcome === 'described') await deps.usage.add(tenant, dayOf(deps.clock.nowMs()), { images: 1 });
    return outcome;
  } catch (error) {
    if (usedUp && error instanceof GlossError && error.code === BUDGET_USED_UP) return 'failed';
    throw error;
  }
}

/** A model that the deployment has given up would fail every picture: the usual one does as well. */
const modelOf = ({ models }: DescribeForTenantDeps, { model: id }: TenantSettings): VisionModel =>
  models.find(({ modelId }) => modelId === id) ?? models[0]!;
