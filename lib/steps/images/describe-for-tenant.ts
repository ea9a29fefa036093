import type { TenantSettings } from '../../domain/tenant.ts';
import type { Usage } from '../../ports/usage.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { budgetUsedUp, monthUsd } from './month-budget.ts';
import { describeImage } from './describe-image.ts';
import type { DescribeDeps, DescribeEvent, DescribeOutcome, DescribeSettings } from './describe-request.ts';
import { findUpload, type FindUploadDeps } from './find-upload.ts';
import { waitForBudget } from './wait.ts';

interface DescribeForTenantDeps extends Omit<DescribeDeps, 'model' | 'settings'>, FindUploadDeps {
  /** Settings of the deployment, for what the tenant does not choose. */
  readonly settings: Omit<DescribeSettings, 'asks' | 'limits' | 'language' | 'readsPlace'>;
  readonly usage: Usage;
  /** Models that a tenant may choose; the first is the default. */
  readonly models: readonly VisionModel[];
}

/**
 * Describes an upload with the settings of its tenant, as long as the tenant's budget lasts. After that, images wait: the model is
 * asked nothing, and nothing is decoded. What answers cost is counted when their picture is described. Pictures in progress do not see
 * each other, so a budget may be exceeded by their cost.
 * @throws as describeImage
 */
export async function describeForTenant(
  deps: DescribeForTenantDeps,
  event: DescribeEvent,
): Promise<DescribeOutcome> {
  const { tenant } = event;
  const found = await findUpload(deps, event);
  if (typeof found === 'string') return found;
  const { account, upload } = found;
  const { settings } = account;
  const budgetUsd = settings.limits.modelUsdPerMonth;
  const model = modelOf(deps, settings);
  const { language, limits, asks = 1, readsPlace = false, cropPolicy = deps.settings.cropPolicy } = settings;
  const nowMs = deps.clock.nowMs();
  const usedUp = (await monthUsd(deps.usage, tenant, nowMs)) >= budgetUsd;
  return describeImage(
    { ...deps, model, settings: { ...deps.settings, cropPolicy, asks, language, limits, readsPlace } },
    { ...upload, ...(usedUp && { mustWait: waitForBudget(budgetUsedUp(budgetUsd).message, nowMs) }) },
  );
}

/** A model that the deployment no longer offers would fail every picture, so the default is used. */
const modelOf = ({ models }: DescribeForTenantDeps, { model: id }: TenantSettings): VisionModel =>
  models.find(({ modelId }) => modelId === id) ?? models[0]!;
