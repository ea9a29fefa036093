import type { Tenant as Account } from '../../domain/tenant.ts';
import type { TenantJson } from './schema.ts';

/** A tenant, as the operator sees it. */
export function tenantJson({
  id,
  status,
  settings,
  createdAtMs,
  updatedAtMs,
  deletion,
}: Account): TenantJson {
  return {
    tenant: id,
    status,
    settings,
    createdAt: new Date(createdAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
    ...(deletion && {
      deletion: {
        removedItems: deletion.removedItems,
        removedObjects: deletion.removedObjects,
        scannedItems: deletion.scannedItems,
        found: 0,
        provenAt: new Date(deletion.provenAtMs).toISOString(),
        final: deletion.final,
      },
    }),
  };
}
