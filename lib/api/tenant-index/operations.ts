import { ANALYZER_VERSION } from '../../text/analysis.ts';
import { NoParameters } from '../fields.ts';
import { TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { TenantPath } from '../tenants/schema.ts';
import { CheckParameters, IndexCheckPage, IndexJson } from './schema.ts';

const ANALYSIS = { language: 'en', version: ANALYZER_VERSION, lexicon: '236aa59f' };
const INDEX = {
  tenant: 'acme',
  documents: 1,
  segments: 1,
  stale: false,
  analysis: ANALYSIS,
  current: ANALYSIS,
};
const REBUILD = '0mx0yo3x1-ee2155aa';

/** What the operator asks of a tenant's index. */
export const TENANT_INDEX_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/tenants/{tenant}/index',
    id: 'showIndex',
    tag: 'tenants',
    summary: 'What a tenant’s index holds, and how far one is that is being made again',
    access: 'operator',
    params: TenantPath,
    query: NoParameters,
    success: { status: 200, description: 'the index', body: IndexJson },
    problems: [409],
    example: { params: { tenant: 'acme' }, answer: INDEX },
  },
  {
    method: 'post',
    path: '/v1/tenants/{tenant}/index/rebuild',
    id: 'rebuildIndex',
    tag: 'tenants',
    summary:
      'Begins to make a tenant’s index again from its records and glosses; one that is being made goes on',
    access: 'operator',
    params: TenantPath,
    success: {
      status: 202,
      description: 'under way; searches go on in the index that is there',
      body: IndexJson,
    },
    problems: [409],
    example: {
      params: { tenant: 'acme' },
      answer: { ...INDEX, rebuild: { id: REBUILD, startedAt: TIME, done: 0, total: 1 } },
    },
  },
  {
    method: 'get',
    path: '/v1/tenants/{tenant}/index/check',
    id: 'checkIndex',
    tag: 'tenants',
    summary:
      'What differs between a tenant’s records, glosses and index, a part at a time; it changes nothing',
    access: 'operator',
    params: TenantPath,
    query: CheckParameters,
    success: {
      status: 200,
      description: 'what was found; no cursor when all was looked at',
      body: IndexCheckPage,
    },
    problems: [409],
    example: {
      params: { tenant: 'acme' },
      answer: {
        differences: [],
        images: 1,
        documents: 0,
        waiting: 0,
        cursor: 'eyJpbiI6ImRvY3VtZW50cyIsImRvY0lkIjowLCJiZWd1biI6MX0',
      },
    },
  },
];
