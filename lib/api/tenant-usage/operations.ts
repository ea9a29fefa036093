import { USED } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { TenantUsagePage, TenantUsageParameters } from './schema.ts';

export const TENANT_USAGE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/tenant-usage',
    id: 'listTenantUsage',
    tag: 'tenants',
    summary: 'What each tenant has used up, by day or month, with an estimate in dollars',
    access: 'operator',
    query: TenantUsageParameters,
    success: {
      status: 200,
      description: 'a page of tenants; no cursor on the last one',
      body: TenantUsagePage,
    },
    problems: [404],
    example: {
      query: { by: 'month' },
      answer: {
        from: '2026-11-01',
        to: '2026-11-30',
        by: 'month',
        tenants: [
          { tenant: 'acme', status: 'active', periods: [{ period: '2026-11', ...USED }], total: USED },
        ],
      },
    },
  },
];
