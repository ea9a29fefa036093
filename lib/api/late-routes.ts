import { Hono } from 'hono';
import type { ImportDeps } from '../steps/images/import-documents.ts';
import type { KeyDeps } from '../steps/tenants/issue-key.ts';
import { documentRoutes } from './documents/route.ts';
import { exportRoutes, type ExportRouteDeps } from './export/route.ts';
import { imageRoutes, type ImageRouteDeps } from './images/route.ts';
import { keyRoutes } from './keys/route.ts';
import { meRoutes } from './me/route.ts';
import { strayRoutes, type StrayRouteDeps } from './strays/route.ts';
import { tenantIndexRoutes, type TenantIndexRouteDeps } from './tenant-index/route.ts';
import { tenantUsageRoutes, type TenantUsageRouteDeps } from './tenant-usage/route.ts';
import { tenantRoutes, type TenantRouteDeps } from './tenants/route.ts';
import { uploadRoutes, type UploadRouteDeps } from './uploads/route.ts';
import { usageRoutes, type UsageRouteDeps } from './usage/route.ts';
import { webhookRoutes, type WebhookRouteDeps } from './webhook/route.ts';

export { allowedMethods } from './allowed-methods.ts';
export { openApiDocument } from './openapi/document.ts';

export type LateRouteDeps = ImageRouteDeps &
  UploadRouteDeps &
  ImportDeps &
  ExportRouteDeps &
  KeyDeps &
  UsageRouteDeps &
  WebhookRouteDeps &
  TenantUsageRouteDeps &
  TenantRouteDeps &
  TenantIndexRouteDeps &
  StrayRouteDeps;

/** The routes below /v1 that no search needs. They are loaded together when the first of them is asked for. */
export const lateRoutes = (deps: LateRouteDeps) =>
  new Hono()
    .route('/images', imageRoutes(deps))
    .route('/uploads', uploadRoutes(deps))
    .route('/documents', documentRoutes(deps))
    .route('/keys', keyRoutes(deps))
    .route('/export', exportRoutes(deps))
    .route('/webhook', webhookRoutes(deps))
    .route('/me', meRoutes())
    .route('/usage', usageRoutes(deps))
    .route('/tenant-usage', tenantUsageRoutes(deps))
    .route('/tenants', tenantRoutes(deps))
    .route('/tenants', tenantIndexRoutes(deps))
    .route('/strays', strayRoutes(deps));
