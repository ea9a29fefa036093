import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { GlossError } from '../domain/errors.ts';
import type { CreateTenantDeps } from '../steps/tenants/create-tenant.ts';
import type { DeleteTenantDeps } from '../steps/tenants/delete-tenant.ts';
import type { ImportDeps } from '../steps/images/import-documents.ts';
import type { RemoveDeps } from '../steps/images/remove-image.ts';
import type { SearchDeps } from '../steps/search/search.ts';
import type { TestWebhookDeps } from '../steps/notify/test-webhook.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Idempotency } from '../ports/idempotency.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { Usage } from '../ports/usage.ts';
import { allow, asOperator, asTenant, authenticate, type AuthDeps } from './authenticate.ts';
import { idempotent } from './idempotency.ts';
import { errorResponse } from './error-response.ts';
import { openApiDocument } from './openapi/document.ts';
import { flushingUsage } from './flush-usage.ts';
import { limitRate } from './limit-rate.ts';
import { documentRoutes } from './routes/documents.ts';
import { exportRoutes } from './routes/export.ts';
import { imageRoutes } from './routes/images.ts';
import { keyRoutes } from './routes/keys.ts';
import { pageRoutes } from './routes/page.ts';
import { searchRoutes } from './routes/search.ts';
import { tenantUsageRoutes } from './routes/tenant-usage.ts';
import { tenantRoutes } from './routes/tenants.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { usageRoutes } from './routes/usage.ts';
import { webhookRoutes } from './routes/webhook.ts';
import { wordRoutes } from './routes/words.ts';

export interface ApiDeps
  extends SearchDeps, RemoveDeps, ImportDeps, AuthDeps, CreateTenantDeps, DeleteTenantDeps, TestWebhookDeps {
  readonly settings: {
    readonly maxBytes: number;
    /** Models that a tenant may choose; the first is the usual one. */
    readonly models: readonly string[];
  };
  readonly rateLimiter: RateLimiter;
  readonly usage: Usage;
  /** The same, for whoever may see what all tenants have used. */
  readonly usageOfAll: Usage;
  readonly idempotency: Idempotency;
  /** Of what the operator asks. */
  readonly operatorIdempotency: Idempotency;
  /** Writes down what this instance has counted of a tenant's usage, unless it did less than so long ago. */
  readonly flushUsage: (tenant: TenantId, everyMs: number) => Promise<void>;
  /** Folder of the search page's files. */
  readonly webDir: string;
  /** Where browsers fetch pictures from and put them. */
  readonly originOfObjects: () => Promise<string>;
}

const MAX_BODY_BYTES = 1_000_000;

/** The HTTP API and the search page. `onFault` hears of errors that are ours, not the caller's. */
export function createApp(deps: ApiDeps, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  let description: ReturnType<typeof openApiDocument> | undefined;
  app.onError((error, c) => {
    const response = errorResponse(c, error);
    if (response.status >= 500) onFault(error);
    return response;
  });
  app.notFound((c) =>
    errorResponse(
      c,
      new GlossError('not_found', 'route_not_found', `there is no ${c.req.method} ${c.req.path}`),
    ),
  );

  app.get('/v1/health', (c) => c.json({ status: 'ok' }));
  app.get('/openapi.json', (c) => c.json((description ??= openApiDocument())));
  app.route('/', pageRoutes(deps.webDir, deps.originOfObjects));
  app.use('/v1/*', authenticate(deps));
  app.use(
    '/v1/*',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new GlossError('too_large', 'body_too_large', `a body has at most ${MAX_BODY_BYTES} bytes`);
      },
    }),
  );
  for (const noun of [
    'search',
    'words',
    'images',
    'uploads',
    'documents',
    'keys',
    'usage',
    'export',
    'webhook',
  ])
    app.use(`/v1/${noun}/*`, asTenant(deps), limitRate(deps.rateLimiter), flushingUsage(deps));
  for (const noun of ['uploads', 'documents', 'images', 'keys', 'webhook'])
    app.use(`/v1/${noun}/*`, idempotent(deps.idempotency));
  app.use('/v1/tenants/*', asOperator, idempotent(deps.operatorIdempotency));
  for (const noun of ['search', 'words']) app.use(`/v1/${noun}/*`, allow('search'));
  mountRoutes(app, deps);
  return app;
}

/** What the typed client knows: every route below /v1 that wants a credential. */
export type Routes = ReturnType<typeof mountRoutes>;

function mountRoutes(app: Hono, deps: ApiDeps) {
  return app
    .route('/v1/search', searchRoutes(deps))
    .route('/v1/words', wordRoutes(deps))
    .route('/v1/images', imageRoutes(deps))
    .route('/v1/uploads', uploadRoutes(deps))
    .route('/v1/documents', documentRoutes(deps))
    .route('/v1/keys', keyRoutes(deps))
    .route('/v1/export', exportRoutes(deps))
    .route('/v1/webhook', webhookRoutes(deps))
    .route('/v1/usage', usageRoutes(deps))
    .route('/v1/tenant-usage', tenantUsageRoutes(deps))
    .route('/v1/tenants', tenantRoutes(deps));
}
