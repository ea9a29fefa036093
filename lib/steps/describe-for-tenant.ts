import type { Tenants, TenantSettings } from '../ports/tenants.ts';
import type { VisionModel } from '../ports/vision-model.ts';
import {
  describeImage,
  type DescribeDeps,
  type DescribeOutcome,
  type DescribeRequest,
} from './describe-image.ts';

export interface DescribeForTenantDeps extends Omit<DescribeDeps, 'model'> {
  readonly tenants: Tenants;
  /** Models that a tenant may choose; the first is the usual one. */
  readonly models: readonly VisionModel[];
}

/**
 * Describes an upload in the manner that its tenant has chosen. An upload address outlives a deleted tenant by some
 * minutes; what comes by it then goes at once.
 * @throws as describeImage
 */
export async function describeForTenant(
  deps: DescribeForTenantDeps,
  request: DescribeRequest,
): Promise<DescribeOutcome> {
  const account = await deps.tenants.get(request.tenant);
  if (account?.status !== 'active' && account?.status !== 'suspended') {
    await deps.objects.remove(request.tenant, request.key);
    return 'gone';
  }
  return describeImage({ ...deps, ...mannerOf(deps, account.settings) }, request);
}

function mannerOf({ models, settings }: DescribeForTenantDeps, { model: id, cropPolicy }: TenantSettings) {
  // A model that the deployment has given up would fail every picture: the usual one does as well.
  const model = models.find(({ modelId }) => modelId === id) ?? models[0]!;
  return { model, settings: { ...settings, cropPolicy: cropPolicy ?? settings.cropPolicy } };
}
