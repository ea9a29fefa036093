import type { TenantId } from './ids.ts';
import { secondOf } from './seen-object.ts';
import type { Tenant } from './tenant.ts';

/**
 * An original in the folder of a tenant that was not there when it came. It belongs to nobody: the operator gives it to
 * the tenant of that name, or it goes when its time is over.
 */
export interface Stray {
  /** Of the folder; there may be no such tenant. */
  readonly tenant: TenantId;
  readonly name: string;
  readonly bytes: number;
  readonly storedAtMs: number;
  /** Its time begins then; absent in strays of before this was kept, whose time begins when they were stored. */
  readonly notedAtMs?: number;
}

/** How long a stray is kept from when it was noted, so that the operator has this time even if its event was lost. */
export const STRAY_KEPT_MS = 30 * 86_400_000;

/**
 * Whether an object was there before its tenant: a tenant does not inherit what came earlier under its name. S3 tells
 * times in whole seconds, so an object of the same second is the tenant's.
 */
export const isFromBefore = (storedAtMs: number, { createdAtMs }: Pick<Tenant, 'createdAtMs'>): boolean =>
  secondOf(storedAtMs) < secondOf(createdAtMs);

/**
 * Whether an object came after its tenant was deleted for good: what its owner asked to be deleted is gone by then. In
 * doubt it came after.
 */
export const isAfterDeletion = (storedAtMs: number, { deletion }: Pick<Tenant, 'deletion'>): boolean =>
  deletion?.final === true && !isFromBefore(storedAtMs, { createdAtMs: deletion.provenAtMs });
