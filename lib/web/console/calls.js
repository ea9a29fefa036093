// @ts-check
import { ask, post } from '../api.js';

/**
 * What the console asks of the API.
 * @import { ImagesPage } from '../../api/images/image.ts'
 * @import { KeysAnswer, NewKey, RotatedKey } from '../../api/keys/schema.ts'
 * @import { Adoption, StrayNamesPage, StraysPage } from '../../api/strays/schema.ts'
 * @import { TenantUsagePage } from '../../api/tenant-usage/schema.ts'
 * @import { TenantJson, TenantsPage } from '../../api/tenants/schema.ts'
 * @import { UsageAnswer } from '../../api/usage/schema.ts'
 * @import { Webhook, WebhookTest } from '../../api/webhook/schema.ts'
 */

/** @typedef {import('../../api/tenants/schema.ts').TenantJson['settings']['limits']} Limits */
/**
 * What is shown of GET /v1/tenants/{tenant}/index, whose schema leads to code that a browser does not have.
 * @typedef {{ documents: number, segments: number, stale: boolean, leftOut?: number,
 *   rebuild?: { startedAt: string, done: number, total: number } }} IndexJson
 */
/** @typedef {{ name: string, scopes: string[], expiresInSec?: number }} KeyRequest */

/** @param {string | undefined} cursor */
const after = (cursor) => (cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`);

/** @param {{ from: string, to: string }} [days] absent: this month @returns {Promise<UsageAnswer>} */
export const usageOf = (days) => ask(`/v1/usage${days ? `?${new URLSearchParams(days)}` : ''}`);

/** Pictures that stand so, the first hundred. @param {'received' | 'described' | 'waiting'} status @returns {Promise<ImagesPage>} */
export const listInWork = (status) => ask(`/v1/images?${new URLSearchParams({ status, limit: '100' })}`);

/** Where the keys of a tenant are, for the operator; absent: one's own. @param {string} [tenant] */
const keysPath = (tenant) => (tenant === undefined ? '/v1/keys' : `/v1/tenants/${tenant}/keys`);

/** @param {string} [tenant] @returns {Promise<KeysAnswer>} */
export const listKeys = (tenant) => ask(keysPath(tenant));

/** @param {KeyRequest} request @param {string} [tenant] @returns {Promise<NewKey>} */
export const createKey = (request, tenant) => post(keysPath(tenant), request);

/** The key that is replaced opens for a day more. @param {string} id @param {string} [tenant] @returns {Promise<RotatedKey>} */
export const rotateKey = (id, tenant) => post(`${keysPath(tenant)}/${id}/rotation`, {});

/** @param {string} id @param {string} [tenant] @returns {Promise<void>} */
export const revokeKey = (id, tenant) => ask(`${keysPath(tenant)}/${id}`, { method: 'DELETE' });

/** @returns {Promise<Webhook>} */
export const showWebhook = () => ask('/v1/webhook');

/** @param {string | null} url null: nobody is told @returns {Promise<Webhook>} */
export const setWebhook = (url) => post('/v1/webhook', { url }, { method: 'PUT' });

/** The old secret signs for a day more. @returns {Promise<Webhook>} */
export const rotateSecret = () => post('/v1/webhook/rotation', {});

/** @returns {Promise<WebhookTest>} */
export const testWebhook = () => ask('/v1/webhook/test', { method: 'POST' });

/** @param {string} [cursor] @returns {Promise<TenantsPage>} */
export const listTenants = (cursor) => ask(`/v1/tenants${after(cursor)}`);

/** @param {string} tenant @param {Partial<Limits>} limits @returns {Promise<TenantJson>} */
export const createTenant = (tenant, limits) => post('/v1/tenants', { tenant, settings: { limits } });

/**
 * @param {string} tenant
 * @param {{ status?: 'active' | 'suspended', settings?: { limits: Partial<Limits> } }} change
 * @returns {Promise<TenantJson>}
 */
export const changeTenant = (tenant, change) => post(`/v1/tenants/${tenant}`, change, { method: 'PATCH' });

/** Of this month. @param {string} [cursor] @returns {Promise<TenantUsagePage>} */
export const listTenantUsage = (cursor) => ask(`/v1/tenant-usage${after(cursor)}`);

/** @param {string} tenant @returns {Promise<IndexJson>} */
export const showIndex = (tenant) => ask(`/v1/tenants/${tenant}/index`);

/** @param {string} tenant @returns {Promise<IndexJson>} */
export const rebuildIndex = (tenant) => ask(`/v1/tenants/${tenant}/index/rebuild`, { method: 'POST' });

/** @param {string} [cursor] @returns {Promise<StrayNamesPage>} */
export const listStrayNames = (cursor) => ask(`/v1/strays${after(cursor)}`);

/** The first ones. @param {string} tenant @returns {Promise<StraysPage>} */
export const listStrays = (tenant) => ask(`/v1/strays/${tenant}`);

/** Ten at a time. @param {string} tenant @param {string} [cursor] @returns {Promise<Adoption>} */
export const adoptStrays = (tenant, cursor) =>
  post(`/v1/strays/${tenant}/adoption`, cursor === undefined ? {} : { cursor });
