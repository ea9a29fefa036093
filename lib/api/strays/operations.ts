import { TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import {
  Adoption,
  AdoptionBody,
  StrayNamesPage,
  StrayNamesParameters,
  StrayPath,
  StraysPage,
  StraysParameters,
} from './schema.ts';

export const STRAY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/strays',
    id: 'listStrayNames',
    tag: 'tenants',
    summary: 'Names of tenants that were not there when originals came for them',
    access: 'operator',
    query: StrayNamesParameters,
    success: { status: 200, description: 'a page of names', body: StrayNamesPage },
    example: { answer: { tenants: ['acme'] } },
  },
  {
    method: 'get',
    path: '/v1/strays/{tenant}',
    id: 'listStrays',
    tag: 'tenants',
    summary: 'Originals that came for a tenant before it was there',
    access: 'operator',
    params: StrayPath,
    query: StraysParameters,
    success: { status: 200, description: 'a page of strays', body: StraysPage },
    example: {
      params: { tenant: 'acme' },
      answer: { strays: [{ name: 'chelsea.jpg', bytes: 20_012, storedAt: TIME, expiresAt: TIME }] },
    },
  },
  {
    method: 'post',
    path: '/v1/strays/{tenant}/adoption',
    id: 'adoptStrays',
    tag: 'tenants',
    summary: 'Gives strays to the tenant of their name, ten at a time; what the tenant has stays',
    access: 'operator',
    params: StrayPath,
    body: AdoptionBody,
    success: { status: 200, description: 'how many were given', body: Adoption },
    problems: [409],
    example: { params: { tenant: 'acme' }, body: {}, answer: { adopted: 1, refused: [] } },
  },
];
