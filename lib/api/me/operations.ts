import { NoParameters } from '../fields.ts';
import { KEY_ID } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { Me } from './schema.ts';

export const ME_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/me',
    id: 'showMe',
    tag: 'keys',
    summary: 'Whose the credential is, and what it may do',
    access: 'tenant',
    query: NoParameters,
    success: { status: 200, description: 'the tenant and the scopes', body: Me },
    example: {
      answer: { tenant: 'acme', scopes: ['search', 'upload', 'delete', 'admin'], keyId: KEY_ID },
    },
  },
];
