import { NoParameters } from '../fields.ts';
import { KEY, KEY_ID, NEW_KEY, TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { TenantKeyPath, TenantPath } from '../tenants/schema.ts';
import { KeyBody, KeyPath, KeyRotationBody, KeysAnswer, NewKey, RotatedKey } from './schema.ts';

/** Of a tenant's own keys. */
export const KEY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/keys',
    id: 'listKeys',
    tag: 'keys',
    summary: 'The tenant’s API keys, without the keys themselves',
    access: 'admin',
    query: NoParameters,
    success: { status: 200, description: 'all keys', body: KeysAnswer },
    example: { answer: { keys: [{ ...KEY, lastUsedAt: TIME }] } },
  },
  {
    method: 'post',
    path: '/v1/keys',
    id: 'createKey',
    tag: 'keys',
    summary: 'Makes an API key and shows it this once',
    access: 'admin',
    body: KeyBody,
    success: { status: 201, description: 'the key', body: NewKey },
    problems: [409],
    example: {
      body: { name: 'kiosk', scopes: ['search'], expiresInSec: 2_592_000 },
      answer: { ...KEY, key: NEW_KEY, name: 'kiosk', scopes: ['search'], expiresAt: TIME },
    },
  },
  {
    method: 'post',
    path: '/v1/keys/{keyId}/rotation',
    id: 'rotateKey',
    tag: 'keys',
    summary: 'Makes a key beside an old one, which stays valid for a while',
    access: 'admin',
    params: KeyPath,
    body: KeyRotationBody,
    success: { status: 201, description: 'the new key', body: RotatedKey },
    problems: [404, 409],
    example: {
      params: { keyId: KEY_ID },
      body: { overlapSec: 3_600 },
      answer: {
        ...KEY,
        key: NEW_KEY,
        name: 'kiosk',
        scopes: ['search'],
        expiresAt: TIME,
        previous: { ...KEY, name: 'kiosk', scopes: ['search'], expiresAt: TIME },
      },
    },
  },
  {
    method: 'delete',
    path: '/v1/keys/{keyId}',
    id: 'revokeKey',
    tag: 'keys',
    summary: 'Ends a key at once',
    access: 'admin',
    params: KeyPath,
    success: { status: 204, description: 'it opens nothing any more' },
    problems: [404],
    example: { params: { keyId: KEY_ID } },
  },
];

/** Of any tenant's keys, for the operator. */
export const TENANT_KEY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/tenants/{tenant}/keys',
    id: 'listTenantKeys',
    tag: 'tenants',
    summary: 'A tenant’s API keys, without the keys themselves',
    access: 'operator',
    params: TenantPath,
    query: NoParameters,
    success: { status: 200, description: 'all keys', body: KeysAnswer },
    problems: [404],
    example: { params: { tenant: 'acme' }, answer: { keys: [KEY] } },
  },
  {
    method: 'post',
    path: '/v1/tenants/{tenant}/keys',
    id: 'createTenantKey',
    tag: 'tenants',
    summary: 'Makes an API key of a tenant and shows it this once',
    access: 'operator',
    params: TenantPath,
    body: KeyBody,
    success: { status: 201, description: 'the key', body: NewKey },
    problems: [404, 409],
    example: {
      params: { tenant: 'acme' },
      body: { name: 'app' },
      answer: { ...KEY, key: NEW_KEY },
    },
  },
  {
    method: 'post',
    path: '/v1/tenants/{tenant}/keys/{keyId}/rotation',
    id: 'rotateTenantKey',
    tag: 'tenants',
    summary: 'Makes a key beside an old one, which stays valid for a while',
    access: 'operator',
    params: TenantKeyPath,
    body: KeyRotationBody,
    success: { status: 201, description: 'the new key', body: RotatedKey },
    problems: [404, 409],
    example: {
      params: { tenant: 'acme', keyId: KEY_ID },
      body: { overlapSec: 3_600 },
      answer: { ...KEY, key: NEW_KEY, previous: { ...KEY, expiresAt: TIME, lastUsedAt: TIME } },
    },
  },
  {
    method: 'delete',
    path: '/v1/tenants/{tenant}/keys/{keyId}',
    id: 'revokeTenantKey',
    tag: 'tenants',
    summary: 'Ends a key at once',
    access: 'operator',
    params: TenantKeyPath,
    success: { status: 204, description: 'it opens nothing any more' },
    problems: [404],
    example: { params: { tenant: 'acme', keyId: KEY_ID } },
  },
];
