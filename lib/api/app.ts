import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { GlossError } from '../domain/errors.ts';
import type { ImportDeps } from '../steps/images/import-documents.ts';
import type { Idempotency } from '../ports/idempotency.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { allowedMethods } from './allowed-methods.ts';
import { allow, asOperator, asTenant, authenticate, type AuthDeps } from './authenticate.ts';
import { idempotent } from './idempotency.ts';
import { documentRoutes } from './documents/route.ts';
import { errorResponse } from './error-response.ts';
import { exportRoutes, type ExportRouteDeps } from './export/route.ts';
import { healthRoutes } from './health/route.ts';
import { imageRoutes, type ImageRouteDeps } from './images/route.ts';
import { keyRoutes } from './keys/route.ts';
import type { KeyDeps } from '../steps/tenants/issue-key.ts';
import { meRoutes } from './me/route.ts';
import { readManifestAhead } from './read-ahead.ts';
import { limitRate } from './limit-rate.ts';
import { openApiDocument } from './openapi/document.ts';
import { pageRoutes } from './page/route.ts';
import { searchRoutes, type SearchRouteDeps } from './search/route.ts';
import { securityHeaders } from './security-headers.ts';
import { scopeOf, SCOPED_NOUNS } from './scopes.ts';
import { flushingUsage } from './flush-usage.ts';
import { tenantIndexRoutes, type TenantIndexRouteDeps } from './tenant-index/route.ts';
import { tenantUsageRoutes, type TenantUsageRouteDeps } from './tenant-usage/route.ts';
import { strayRoutes, type StrayRouteDeps } from './strays/route.ts';
import { tenantRoutes, type TenantRouteDeps } from './tenants/route.ts';
import { uploadRoutes, type UploadRouteDeps } from './uploads/route.ts';
import { usageRoutes, type UsageRouteDeps } from './usage/route.ts';
import { webhookRoutes, type WebhookRouteDeps } from './webhook/route.ts';
import { wordRoutes } from './words/route.ts';

/** What the routes need, all together. */
type RouteDeps = AuthDeps &
  SearchRouteDeps &
  ImageRouteDeps &
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

interface ApiDeps extends RouteDeps {
  readonly rateLimiter: RateLimiter;
  readonly idempotency: Idempotency;
  /** Of what the operator asks. */
  readonly operatorIdempotency: Idempotency;
  /** Folder of the search page's files. */
  readonly webDir: string;
  /** Where browsers fetch pictures from and put them. */
  readonly originOfObjects: () => Promise<string>;
}

const MAX_BODY_BYTES = 1_000_000;
/** What is compressed. Answers with secrets are not among them. */
const LARGE_ANSWERS = ['/v1/search/*', '/v1/images/*', '/openapi.json'];
/** What only reads, and reads the index: there every wait is felt. */
const SEARCHING_NOUNS: ReadonlySet<string> = new Set(['search', 'words']);

/** The HTTP API and the search page. `onFault` hears of errors that are ours, not the caller's. */
export function createApp(deps: ApiDeps, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  let description: ReturnType<typeof openApiDocument> | undefined;
  app.onError((error, c) => {
    const response = errorResponse(c, error);
    if (response.status >= 500) onFault(error);
    return response;
  });
  app.notFound((c) => {
    const { method, path } = c.req;
    const allowed = allowedMethods(path).join(', ');
    if (allowed === '')
      return errorResponse(
        c,
        new GlossError('not_found', 'route_not_found', `there is no ${method} ${path}`),
      );
    c.header('Allow', allowed);
    const message = `${path} does not know ${method}: it takes ${allowed}`;
    return errorResponse(c, new GlossError('method_not_allowed', 'method_not_allowed', message));
  });

  app.use(securityHeaders);
  for (const path of LARGE_ANSWERS) app.use(path, compress());
  app.route('/v1/health', healthRoutes());
  app.get('/openapi.json', (c) =>
    c.json((description ??= openApiDocument()), 200, { 'cache-control': 'public, max-age=300' }),
  );
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
  for (const noun of SEARCHING_NOUNS) app.use(`/v1/${noun}/*`, readManifestAhead(deps.manifests));
  for (const noun of [...SCOPED_NOUNS, 'usage', 'me']) {
    const isBeside = SEARCHING_NOUNS.has(noun);
    app.use(`/v1/${noun}/*`, asTenant(deps), limitRate(deps.rateLimiter, { isBeside }), flushingUsage(deps));
  }
  // Before answers that are kept: who may not do a thing does not hear what came of it either.
  for (const noun of SCOPED_NOUNS)
    app.use(
      `/v1/${noun}/*`,
      allow((method, path) => scopeOf(noun, method, path)),
    );
  for (const noun of ['uploads', 'documents', 'images', 'keys', 'webhook'])
    app.use(`/v1/${noun}/*`, idempotent(deps.idempotency));
  for (const noun of ['tenants', 'strays'])
    app.use(`/v1/${noun}/*`, asOperator, idempotent(deps.operatorIdempotency));
  mountRoutes(app, deps);
  return app;
}

/** What the typed client knows: every route below /v1 that wants a credential. */
export type Routes = ReturnType<typeof mountRoutes>;

function mountRoutes(app: Hono, deps: RouteDeps) {
  return app
    .route('/v1/search', searchRoutes(deps))
    .route('/v1/words', wordRoutes(deps))
    .route('/v1/images', imageRoutes(deps))
    .route('/v1/uploads', uploadRoutes(deps))
    .route('/v1/documents', documentRoutes(deps))
    .route('/v1/keys', keyRoutes(deps))
    .route('/v1/export', exportRoutes(deps))
    .route('/v1/webhook', webhookRoutes(deps))
    .route('/v1/me', meRoutes())
    .route('/v1/usage', usageRoutes(deps))
    .route('/v1/tenant-usage', tenantUsageRoutes(deps))
    .route('/v1/tenants', tenantRoutes(deps))
    .route('/v1/tenants', tenantIndexRoutes(deps))
    .route('/v1/strays', strayRoutes(deps));
}
