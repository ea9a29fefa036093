import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  globalPartition,
  ownerPartition,
  tenantPartition,
  tenantPrefix,
  type GlobalPartition,
  type TenantPartition,
} from '../../lib/adapters/partitions.ts';
import { OPERATOR } from '../../lib/domain/credential.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';

/** Each kind once; the compiler finds one that is missing. */
const TENANT_KINDS = Object.keys({
  images: 1,
  totals: 1,
  invited: 1,
  gloss: 1,
  asked: 1,
  manifest: 1,
  segment: 1,
  keys: 1,
  usage: 1,
  rate: 1,
  seal: 1,
  webhook: 1,
  receiver: 1,
  told: 1,
  waiting: 1,
} satisfies Record<TenantPartition, 1>) as TenantPartition[];
const GLOBAL_KINDS = Object.keys({
  key: 1,
  tenant: 1,
  tenants: 1,
  stray: 1,
  strays: 1,
  waiting: 1,
  ended: 1,
  operator: 1,
} satisfies Record<GlobalPartition, 1>) as GlobalPartition[];

/** Names of the whole grammar, and those that the code's own keys suggest. */
const tenant = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/),
    fc.constantFrom(...TENANT_KINDS, ...GLOBAL_KINDS, 'uploads', 'thumbnails', 'a', '0'),
  )
  .map(parseTenantId);
/** What follows: ids, hashes, other tenants' names. */
const part = fc.option(fc.oneof(tenant, fc.stringMatching(/^[0-9a-f]{1,64}$/)), {
  nil: undefined,
});

it('no partition of the deployment lies among those of a tenant, whatever tenants are called', () => {
  fc.assert(
    fc.property(tenant, fc.constantFrom(...GLOBAL_KINDS), part, (name, kind, rest) => {
      expect(globalPartition(kind, rest).startsWith(tenantPrefix(name))).toBe(false);
      expect(ownerPartition(OPERATOR, 'keys').startsWith(tenantPrefix(name))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

it('every partition of a tenant lies among its own and among no other tenant’s', () => {
  fc.assert(
    fc.property(tenant, tenant, fc.constantFrom(...TENANT_KINDS), part, (name, other, kind, rest) => {
      const key = tenantPartition(name, kind, rest);
      expect(key.startsWith(tenantPrefix(name))).toBe(true);
      expect(key.startsWith(tenantPrefix(other))).toBe(name === other);
    }),
    { numRuns: 2_000 },
  );
});

it('two partitions have the same key only if they are the same', () => {
  const partition = fc.tuple(tenant, fc.constantFrom(...TENANT_KINDS), part);
  fc.assert(
    fc.property(partition, partition, (one, other) => {
      const same = one.every((value, i) => value === other[i]);
      expect(tenantPartition(...one) === tenantPartition(...other)).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});
