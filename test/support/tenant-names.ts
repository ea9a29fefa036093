import fc, { type Arbitrary } from 'fast-check';
import { GLOBAL_PARTITIONS, TENANT_PARTITIONS } from '../../lib/adapters/partitions.ts';
import { isReserved, isTenantId, type TenantId } from '../../lib/domain/ids.ts';

const isFree = (name: string): name is TenantId => isTenantId(name) && !isReserved(name);

/** The code's own words that a tenant may be called by: kinds of partitions and folders of the bucket. */
export const CODE_WORDS: readonly TenantId[] = [
  ...new Set([...TENANT_PARTITIONS, ...GLOBAL_PARTITIONS, 'uploads', 'thumbnails']),
].filter(isFree);

/** Names out of the whole grammar. */
export const grammarName: Arbitrary<TenantId> = fc
  .stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
  .filter(isFree);
