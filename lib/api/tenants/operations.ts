import { NoParameters } from '../fields.ts';
import { LIMITS, TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import {
  TenantJson,
  TenantBody,
  TenantChangeBody,
  TenantPath,
  TenantsPage,
  TenantsParameters,
} from './schema.ts';

const ACME = {
  tenant: 'acme',
  status: 'active',
  settings: {
    language: 'en',
    limits: LIMITS,
  },
  createdAt: TIME,
  updatedAt: TIME,
};

/** Once the tenant has a webhook and keeps pictures for a year. */
const CHANGED = {
  ...ACME,
  settings: { ...ACME.settings, webhookUrl: 'https://acme.example/gloss', retentionDays: 365 },
};

/** What the operator asks, who runs the deployment. */
export const TENANT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/tenants',
    id: 'listTenants',
    tag: 'tenants',
    summary: 'Tenants in order of name, a page at a time',
    access: 'operator',
    query: TenantsParameters,
    success: { status: 200, description: 'a page; no cursor on the last one', body: TenantsPage },
    example: { query: { limit: '50' }, answer: { tenants: [ACME] } },
  },
  {
    method: 'post',
    path: '/v1/tenants',
    id: 'createTenant',
    tag: 'tenants',
    summary: 'Makes a tenant',
    access: 'operator',
    body: TenantBody,
    success: { status: 201, description: 'the tenant', body: TenantJson },
    problems: [409],
    example: {
      body: { tenant: 'acme', settings: { language: 'en', limits: { images: 5_000 } } },
      answer: ACME,
    },
  },
  {
    method: 'get',
    path: '/v1/tenants/{tenant}',
    id: 'showTenant',
    tag: 'tenants',
    summary: 'A tenant with its settings, or the proof of its deletion',
    access: 'operator',
    params: TenantPath,
    query: NoParameters,
    success: { status: 200, description: 'the tenant', body: TenantJson },
    example: { params: { tenant: 'acme' }, answer: ACME },
  },
  {
    method: 'patch',
    path: '/v1/tenants/{tenant}',
    id: 'changeTenant',
    tag: 'tenants',
    summary: 'Changes settings, suspends or resumes a tenant',
    access: 'operator',
    params: TenantPath,
    body: TenantChangeBody,
    success: { status: 200, description: 'the tenant', body: TenantJson },
    problems: [409],
    example: {
      params: { tenant: 'acme' },
      body: { settings: { retentionDays: 365 } },
      answer: CHANGED,
    },
  },
  {
    method: 'delete',
    path: '/v1/tenants/{tenant}',
    id: 'deleteTenant',
    tag: 'tenants',
    summary: 'Lets nobody in any more and begins to remove everything',
    access: 'operator',
    params: TenantPath,
    success: { status: 202, description: 'under way; ask again for the proof', body: TenantJson },
    example: { params: { tenant: 'acme' }, answer: { ...CHANGED, status: 'deleting' } },
  },
];
