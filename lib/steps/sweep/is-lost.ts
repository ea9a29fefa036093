import type { TenantId } from '../../domain/ids.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { hasImages } from '../tenants/has-images.ts';

export interface IsLostDeps {
  readonly tenants: TenantReader;
  readonly records: Pick<ImageRecords, 'list'>;
  /** Hears of a tenant whose row is lost. */
  readonly noteLost: (tenant: TenantId) => void;
}

/**
 * Whether the row of a name without one is lost: there are records of its images, and the last thing that goes of a deleted tenant are
 * those; its row stays. Nothing of it is a stray then, and nothing is removed until its row is restored. Cost: a read unit.
 */
export async function isLost({ records, noteLost }: IsLostDeps, tenant: TenantId): Promise<boolean> {
  if (!(await hasImages(records, tenant))) return false;
  noteLost(tenant);
  return true;
}
