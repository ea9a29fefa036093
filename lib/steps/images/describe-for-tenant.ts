import { GlossError } from '../../domain/errors.ts';
import type { TenantSettings } from '../../domain/tenant.ts';
import type { Usage } from '../../ports/usage.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { BUDGET_USED_UP, budgetModel, budgetUsedUp, monthUsd } from './budget-model.ts';
import { describeImage } from './describe-image.ts';
import type { DescribeDeps, DescribeEvent, DescribeOutcome, DescribeSettings } from './describe-request.ts';
import { failureOf } from './image-failure.ts';
import { findUpload, type FindUploadDeps } from './find-upload.ts';

interface DescribeForTenantDeps extends Omit<DescribeDeps, 'model' | 'settings'>, FindUploadDeps {
  /** Settings of the deployment, for what the tenant does not choose. */
  readonly settings: Omit<DescribeSettings, 'asks' | 'limits' | 'language' | 'readsPlace'>;
  readonly usage: Usage;
  /** Models that a tenant may choose; the first is the default. */
  readonly models: readonly VisionModel[];
}

/**
 * Describes an upload with the settings of its tenant, as long as the tenant's budget lasts. After that, images
 * fail at once and say why.
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
  const model = budgetModel(deps, tenant, modelOf(deps, settings), budgetUsd);
  const { language, limits, asks = 1, readsPlace = false, cropPolicy = deps.settings.cropPolicy } = settings;
  const usedUp = (await monthUsd(deps.usage, tenant, deps.clock.nowMs())) >= budgetUsd;
  try {
    return await describeImage(
      { ...deps, model, settings: { ...deps.settings, cropPolicy, asks, language, limits, readsPlace } },
      // A retry within the hour cannot succeed.
      usedUp
        ? { ...upload, lastAttempt: true, unlessDescribed: failureOf(budgetUsedUp(budgetUsd), true) }
        : upload,
    );
  } catch (error) {
    if (usedUp && error instanceof GlossError && error.code === BUDGET_USED_UP) return 'failed';
    throw error;
  }
}

/** A model that the deployment no longer offers would fail every picture, so the default is used. */
const modelOf = ({ models }: DescribeForTenantDeps, { model: id }: TenantSettings): VisionModel =>
  models.find(({ modelId }) => modelId === id) ?? models[0]!;
