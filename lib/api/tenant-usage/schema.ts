import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { day, nextCursor } from '../fields.ts';
import { tenantId } from '../id-fields.ts';
import { tenantList, tenantStatus } from '../tenants/schema.ts';
import { Used, used, UsageParameters } from '../usage/schema.ts';

const by = z.enum(['day', 'month']);

export const TenantUsageParameters = z.strictObject({
  ...UsageParameters.shape,
  by: by.default('month').describe('whether sums are of days or of months'),
  tenant: tenantId.describe('this one alone, which is all of the answer; absent: all tenants').optional(),
  ...tenantList,
});

const UsedOfPeriod = z
  .strictObject({ period: z.string().describe('2026-11-24 or 2026-11'), ...used })
  .meta({ id: 'UsedOfPeriod' });

const UsedByTenant = z
  .strictObject({ tenant: z.string(), status: tenantStatus, periods: z.array(UsedOfPeriod), total: Used })
  .meta({ id: 'UsedByTenant' });

/** GET /v1/tenant-usage */
export const TenantUsagePage = z
  .strictObject({
    from: day,
    to: day,
    by,
    tenants: z.array(UsedByTenant),
    cursor: nextCursor.exactOptional(),
  })
  .meta({ id: 'TenantUsagePage' });
export type TenantUsagePage = Answer<typeof TenantUsagePage>;
