import type { Operation } from '../openapi/operation.ts';
import { Health } from './route.ts';

export const HEALTH_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/health',
    id: 'health',
    tag: 'health',
    summary: 'Whether the service answers',
    access: 'public',
    success: { status: 200, description: 'it does', body: Health },
    example: { answer: { status: 'ok' } },
  },
];
