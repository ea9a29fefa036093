import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';

/**
 * Whether there are records under a name. The item of a deleted tenant stays, and its records go: where there are some without an item, that is
 * lost. Cost: a read unit.
 */
export async function hasImages(records: Pick<ImageRecords, 'list'>, tenant: TenantId): Promise<boolean> {
  const page = await records.list(tenant, { limit: 1 });
  return page.records.length > 0 || page.next !== undefined;
}
