import { GlossError } from '../../domain/errors.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { TenantSettings } from '../../domain/tenant.ts';
import type { Usage } from '../../ports/usage.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { BUDGET_USED_UP, budgetModel, monthUsd } from './budget-model.ts';
import { describeImage } from './describe-image.ts';
import type { DescribeDeps, DescribeOutcome, DescribeRequest, DescribeSettings } from './describe-request.ts';
import { isAfterDeletion, isFromBefore } from '../../domain/stray.ts';
import { noteStray, type NoteStrayDeps } from './note-stray.ts';

interface DescribeForTenantDeps extends Omit<DescribeDeps, 'model' | 'settings'>, NoteStrayDeps {
  /** Settings of the deployment, for what the tenant does not choose. */
  readonly settings: Omit<DescribeSettings, 'limits' | 'language'>;
  readonly tenants: TenantReader;
  readonly objectTimes: ObjectTimes;
  readonly usage: Usage;
  /** Models that a tenant may choose; the first is the default. */
  readonly models: readonly VisionModel[];
}

/**
 * Describes an upload with the settings of its tenant, as long as the tenant's budget lasts. After that, images
 * fail at once and say why. What comes for a tenant that is deleted is removed, as its owner asked. What comes for a
 * tenant that is not there, or came before it or after its deletion had ended, is listed as a stray and stays. One version is described, so that no other takes its place on the way.
 * @throws as describeImage
 */
export async function describeForTenant(
  deps: DescribeForTenantDeps,
  request: DescribeRequest,
): Promise<DescribeOutcome> {
  const { tenant } = request;
  const account = await deps.tenants.get(tenant);
  const { atMs: storedAtMs = deps.clock.nowMs() } = request;
  if (!account || isFromBefore(storedAtMs, account) || isAfterDeletion(storedAtMs, account)) {
    await noteStray(deps, tenant, { tenant, name: request.name, bytes: request.bytes, storedAtMs });
    return 'stray';
  }
  if (account.status === 'deleting' || account.status === 'deleted') {
    const { deletion } = account;
    // What came after the end of the deletion may lie over it.
    if (deletion?.final)
      await deps.objects.removeSeen(tenant, request.key, { storedAtMs: deletion.provenAtMs }, account);
    else await deps.objects.removeOwn(tenant, request.key, account);
    return 'gone';
  }
  const current = await deps.objectTimes.find(tenant, request.key);
  // The tenant's own is gone, and what it had covered is there again.
  if (current && isFromBefore(current.storedAtMs, account)) return 'gone';
  const { settings } = account;
  const budgetUsd = settings.limits.modelUsdPerMonth;
  const model = budgetModel(deps, tenant, modelOf(deps, settings), budgetUsd);
  const { language, cropPolicy = deps.settings.cropPolicy } = settings;
  const usedUp = (await monthUsd(deps.usage, tenant, deps.clock.nowMs())) >= budgetUsd;
  try {
    return await describeImage(
      { ...deps, model, settings: { ...deps.settings, cropPolicy, language, limits: settings.limits } },
      // A retry within the hour cannot succeed.
      {
        ...request,
        versionId: current?.versionId,
        isGone: current === undefined,
        lastAttempt: request.lastAttempt || usedUp,
      },
    );
  } catch (error) {
    if (usedUp && error instanceof GlossError && error.code === BUDGET_USED_UP) return 'failed';
    throw error;
  }
}

/** A model that the deployment no longer offers would fail every picture, so the default is used. */
const modelOf = ({ models }: DescribeForTenantDeps, { model: id }: TenantSettings): VisionModel =>
  models.find(({ modelId }) => modelId === id) ?? models[0]!;
