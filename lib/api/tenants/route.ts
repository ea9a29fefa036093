import { Hono } from 'hono';
import { GlossError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import { changeTenant, type ChangeTenantDeps } from '../../steps/tenants/change-tenant.ts';
import { noSuchTenant } from '../../steps/tenants/update-tenant.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import { createTenant, type CreateTenantDeps } from '../../steps/tenants/create-tenant.ts';
import { deleteTenant, type DeleteTenantDeps } from '../../steps/tenants/delete-tenant.ts';
import type { KeyDeps } from '../../steps/tenants/issue-key.ts';
import type { Tenants } from '../../ports/tenants.ts';
import type { AuthEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { createKey, listKeys, replaceKey, revokeKey } from '../keys/manage-keys.ts';
import { KeyBody, KeyRotationBody } from '../keys/schema.ts';
import { body, path, query } from '../validate.ts';
import {
  TenantBody,
  TenantChangeBody,
  TenantKeyPath,
  TenantPath,
  TenantsParameters,
  type TenantsPage,
} from './schema.ts';
import { tenantJson } from './tenant-json.ts';

export interface TenantRouteDeps extends CreateTenantDeps, DeleteTenantDeps, ChangeTenantDeps, KeyDeps {
  readonly records: ImageRecords;
  readonly tenants: Tenants;
  readonly settings: {
    /** Models that a tenant may choose; the first is the usual one. */
    readonly models: readonly string[];
  };
}

/** /v1/tenants: the operator's. Only here a tenant is named by the request, since the operator belongs to none. */
export function tenantRoutes(deps: TenantRouteDeps) {
  return new Hono<AuthEnv>()
    .get('/', query(TenantsParameters), async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const after = cursor === undefined ? {} : { after: cursor };
      const { tenants, next } = await deps.tenants.list({ limit, ...after });
      const page: TenantsPage = {
        tenants: readableOnes(tenants).map(tenantJson),
        ...(next && { cursor: next }),
      };
      return c.json(page);
    })
    .post('/', body(TenantBody), async (c) => {
      const { tenant, settings } = c.req.valid('json');
      checkModel(deps, settings);
      return c.json(tenantJson(await createTenant(deps, tenant, settings, c.get('requestToken'))), 201);
    })
    .get('/:tenant', path(TenantPath), query(NoParameters), async (c) =>
      c.json(tenantJson(await existing(deps, c.req.valid('param').tenant))),
    )
    .patch('/:tenant', path(TenantPath), body(TenantChangeBody), async (c) => {
      const change = c.req.valid('json');
      checkModel(deps, change.settings);
      return c.json(tenantJson(await changeTenant(deps, c.req.valid('param').tenant, change)));
    })
    .delete('/:tenant', path(TenantPath), async (c) =>
      c.json(tenantJson(await deleteTenant(deps, c.req.valid('param').tenant)), 202),
    )
    .get('/:tenant/keys', path(TenantPath), query(NoParameters), async (c) => {
      const { id } = await existing(deps, c.req.valid('param').tenant);
      return c.json(await listKeys(deps, id));
    })
    .post('/:tenant/keys', path(TenantPath), body(KeyBody), async (c) => {
      const { tenant } = c.req.valid('param');
      return c.json(await createKey(deps, tenant, c.req.valid('json'), c.get('requestToken')), 201);
    })
    .post('/:tenant/keys/:keyId/rotation', path(TenantKeyPath), body(KeyRotationBody), async (c) => {
      const { tenant, keyId } = c.req.valid('param');
      const life = c.req.valid('json');
      return c.json(await replaceKey(deps, tenant, keyId, life, c.get('requestToken')), 201);
    })
    .delete('/:tenant/keys/:keyId', path(TenantKeyPath), async (c) => {
      const { tenant, keyId } = c.req.valid('param');
      await revokeKey(deps, tenant, keyId);
      return c.body(null, 204);
    });
}

async function existing({ tenants }: TenantRouteDeps, id: TenantId) {
  const tenant = await tenants.get(id);
  if (!tenant) throw noSuchTenant(id);
  return tenant;
}

/** A model that the workers may not ask would fail every picture. */
function checkModel(
  { settings: { models } }: TenantRouteDeps,
  settings: { readonly model?: string } | undefined,
): void {
  const model = settings?.model;
  if (model === undefined || models.includes(model)) return;
  const message = `"${model}" is no model of this deployment: use ${models.join(' or ')}`;
  throw new GlossError('invalid', 'field', message, { place: { field: 'settings.model' } });
}
