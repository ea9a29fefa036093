import { Hono } from 'hono';
import type { TenantId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Tenants } from '../../ports/tenants.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { UsageDay } from '../../domain/usage.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { Usage } from '../../ports/usage.ts';
import { noSuchTenant } from '../../steps/tenants/update-tenant.ts';
import { asOperator } from '../authenticate.ts';
import type { AuthEnv } from '../env.ts';
import { fittingCount } from '../answer-size.ts';
import { usagePeriod } from '../usage/usage-period.ts';
import { sumOf, usageJson } from '../usage/usage-json.ts';
import { query } from '../validate.ts';
import { TenantUsageParameters, type TenantUsagePage } from './schema.ts';

export interface TenantUsageRouteDeps {
  readonly tenants: Tenants;
  /** For whoever may see what all tenants have used. */
  readonly usageOfAll: Usage;
  readonly clock: Clock;
}

/** Characters of a day that name what is summed up. */
const NAMED_BY = { day: '2026-11-24'.length, month: '2026-11'.length } as const;

/**
 * GET /v1/tenant-usage?from=&to=&by=&tenant=&limit=&cursor=: what each tenant has used up, in order of name, or one of them, for the operator.
 * Tenants are a page; those that are gone took their usage with them.
 */
export function tenantUsageRoutes({ tenants, usageOfAll, clock }: TenantUsageRouteDeps) {
  return new Hono<AuthEnv>().get('/', asOperator, query(TenantUsageParameters), async (c) => {
    const { by, tenant, limit, cursor, ...wanted } = c.req.valid('query');
    const { from, to } = usagePeriod(wanted, clock.nowMs());
    const page =
      tenant === undefined
        ? await tenants.list({ limit, ...(cursor !== undefined && { after: cursor }) })
        : { tenants: [await theTenant(tenants, tenant)] };
    const rows = await Promise.all(
      readableOnes(page.tenants).map(async ({ id, status }) =>
        rowOf(id, status, readableOnes(await usageOfAll.days(id, from, to)), by),
      ),
    );
    const shown = rows.slice(0, fittingCount(rows));
    const next = shown.length < rows.length ? shown.at(-1)!.tenant : 'next' in page ? page.next : undefined;
    const answer: TenantUsagePage = {
      from,
      to,
      by,
      tenants: shown,
      ...(next && { cursor: next }),
    };
    return c.json(answer);
  });
}

async function theTenant(tenants: Tenants, id: TenantId): Promise<Tenant> {
  const tenant = await tenants.get(id);
  if (!tenant) throw noSuchTenant(id);
  return tenant;
}

function rowOf(
  tenant: TenantId,
  status: Tenant['status'],
  days: readonly UsageDay[],
  by: keyof typeof NAMED_BY,
): TenantUsagePage['tenants'][number] {
  const periods = Map.groupBy(days, ({ day }) => day.slice(0, NAMED_BY[by]));
  return {
    tenant,
    status,
    periods: Array.from(periods, ([period, those]) => ({ period, ...usageJson(sumOf(those)) })),
    total: usageJson(sumOf(days)),
  };
}
