import type { Owner } from '../domain/credential.ts';
import { OPERATOR } from '../domain/credential.ts';
import { isTenantId, type SegmentId, type TenantId } from '../domain/ids.ts';

declare const brand: unique symbol;
/** The partition key of an item. Only this file makes one, so that no other can leave the grammar below. */
export type PartitionKey = string & { readonly [brand]: 'PartitionKey' };

/**
 * Partitions of one tenant: `<tenant>/<kind>` or `<tenant>/<kind>/<part>`. A session of the tenant reaches them and
 * no others, and they go with the tenant.
 */
export const TENANT_PARTITIONS = [
  'images',
  'totals',
  'invited',
  'gloss',
  'asked',
  'manifest',
  'segment',
  'keys',
  'usage',
  'rate',
  'seal',
  'webhook',
  'receiver',
  'told',
  'waiting',
] as const;
export type TenantPartition = (typeof TENANT_PARTITIONS)[number];

/**
 * Partitions of the deployment: `_<kind>` or `_<kind>/<part>`. No name of a tenant begins with an underscore
 * (`parseTenantId`), so none of them lies among the partitions of a tenant, whatever tenants are called.
 */
export const GLOBAL_PARTITIONS = [
  'key',
  'tenant',
  'tenants',
  'stray',
  'strays',
  'waiting',
  'ended',
  'operator',
] as const;
export type GlobalPartition = (typeof GLOBAL_PARTITIONS)[number];

export const tenantPartition = (tenant: TenantId, kind: TenantPartition, part?: string): PartitionKey =>
  join(tenant, kind, part);

export const globalPartition = (kind: GlobalPartition, part?: string): PartitionKey => join(`_${kind}`, part);

/** A partition that a tenant has, and the operator too. */
export const ownerPartition = (owner: Owner, kind: 'keys' | 'asked'): PartitionKey =>
  owner === OPERATOR ? globalPartition('operator', kind) : tenantPartition(owner, kind);

/** A partition key as DynamoDB takes it; `eslint.config.ts` refuses any other value. */
export const pkValue = (pk: PartitionKey): { readonly S: string } => ({ S: pk });

/** What every partition key of a tenant begins with, and no other. */
export const tenantPrefix = (tenant: TenantId): string => `${tenant}/`;

/** Whose segment a partition is, and which; undefined for partitions of other kinds. */
export function segmentOfPartition(
  pk: string,
): { readonly tenant: TenantId; readonly segmentId: SegmentId } | undefined {
  const [, tenant = '', segmentId = ''] = SEGMENT.exec(pk) ?? [];
  return isTenantId(tenant) && segmentId !== '' ? { tenant, segmentId: segmentId as SegmentId } : undefined;
}
const SEGMENT = new RegExp(`^([^/]+)/${'segment' satisfies TenantPartition}/(.+)$`, 's');

/** What the partitions of keys begin with, whoever's they are. */
export const KEYS_PREFIX: string = '_key/' satisfies `_${GlobalPartition}/`;

/** The sort key of what authenticates keys of a tenant. That of the operator has no slash. */
export const entranceOfTenant = (tenant: TenantId): string => `tenant/${tenant}`;

const join = (...parts: readonly (string | undefined)[]): PartitionKey =>
  parts.filter((part) => part !== undefined).join('/') as PartitionKey;
