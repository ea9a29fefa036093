import { LIMITS, USED } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { UsageAnswer, UsageParameters } from './schema.ts';

export const USAGE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/usage',
    id: 'showUsage',
    tag: 'usage',
    summary: 'What the tenant has used up, by day, with an estimate in dollars',
    access: 'tenant',
    query: UsageParameters,
    success: { status: 200, description: 'the current month unless days are named', body: UsageAnswer },
    example: {
      answer: {
        from: '2026-11-01',
        to: '2026-11-30',
        days: [{ day: '2026-11-24', ...USED }],
        total: USED,
        stored: { images: 1, bytes: 0 },
        reserved: { images: 1, bytes: 20_012 },
        limits: LIMITS,
      },
    },
  },
];
