import type { ImageId, TenantId } from '../../domain/ids.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { indexGlosses, type IndexGlossesDeps } from './index-glosses.ts';

/** Indexes images in the language of their tenant. Does nothing for a deleted tenant. */
export async function indexForTenant(
  deps: IndexGlossesDeps & { readonly tenants: TenantReader },
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<{ added: number }> {
  const account = await deps.tenants.get(tenant);
  if (account?.status !== 'active' && account?.status !== 'suspended') return { added: 0 };
  return indexGlosses({ ...deps, language: account.settings.language }, tenant, imageIds);
}
