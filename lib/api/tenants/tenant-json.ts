import type { Tenant, TenantLimits, TenantSettings } from '../../domain/tenant.ts';
import type { TenantJson } from './schema.ts';

/** A tenant, as the operator sees it. */
export function tenantJson({ id, status, settings, createdAtMs, updatedAtMs, deletion }: Tenant): TenantJson {
  return {
    tenant: id,
    status,
    settings: settingsJson(settings),
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

const settingsJson = ({
  cropPolicy,
  asks,
  model,
  language,
  webhookUrl,
  retentionDays,
  readsPlace,
  origins,
  limits,
}: TenantSettings): TenantJson['settings'] => ({
  ...(cropPolicy !== undefined && { cropPolicy }),
  ...(asks !== undefined && { asks }),
  ...(model !== undefined && { model }),
  language,
  ...(readsPlace !== undefined && { readsPlace }),
  ...(origins !== undefined && { origins }),
  ...(webhookUrl !== undefined && { webhookUrl }),
  ...(retentionDays !== undefined && { retentionDays }),
  limits: limitsJson(limits),
});

/** What a tenant may use up, as the API shows it. */
export const limitsJson = ({
  requestsPerSec,
  burst,
  images,
  bytes,
  modelUsdPerMonth,
}: TenantLimits): TenantJson['settings']['limits'] => ({
  requestsPerSec,
  burst,
  images,
  bytes,
  modelUsdPerMonth,
});
