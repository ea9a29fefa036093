import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { GlossError } from '../domain/errors.ts';
import type { Idempotency } from '../ports/idempotency.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { allow, asOperator, asTenant, authenticate, type AuthDeps } from './authenticate.ts';
import { idempotent } from './idempotency.ts';
import { errorResponse } from './error-response.ts';
import { healthRoutes } from './health/route.ts';
import { readManifestAhead } from './read-ahead.ts';
import { MethodNotAllowed, routeNotFound } from './route-not-found.ts';
import type { LateRouteDeps } from './late-routes.ts';
import { limitRate, type PaidFor } from './limit-rate.ts';
import { pageRoutes } from './page/route.ts';
import { searchRoutes, type SearchRouteDeps } from './search/route.ts';
import { securityHeaders } from './security-headers.ts';
import { scopeOf, SCOPED_NOUNS } from './scopes.ts';
import { answerPreflights, openToAll, openToOrigins } from './cross-origin.ts';
import { flushingUsage } from './flush-usage.ts';
import { whenAsked } from './when-asked.ts';
import { wordRoutes } from './words/route.ts';

/** What the routes need, all together. */
type RouteDeps = AuthDeps & SearchRouteDeps & LateRouteDeps;

interface ApiDeps extends RouteDeps {
  readonly rateLimiter: RateLimiter;
  readonly idempotency: Idempotency;
  /** Of what the operator asks. */
  readonly operatorIdempotency: Idempotency;
  /** Folder of the search page's files. */
  readonly webDir: string;
  /** Where browsers fetch pictures from and put them. */
  readonly originOfObjects: string;
}

const MAX_BODY_BYTES = 1_000_000;
const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new GlossError('too_large', 'body_too_large', `a body has at most ${MAX_BODY_BYTES} bytes`);
  },
});
/** What is compressed. Answers with secrets are not among them. */
const LARGE_ANSWERS = ['/v1/search/*', '/v1/images/*', '/openapi.json'];
/** What only reads, and reads the index: there every wait is felt. */
const SEARCHING_NOUNS: ReadonlySet<string> = new Set(['search', 'words']);

/** The HTTP API and the search page. `onFault` hears of errors that are ours, not the caller's. */
export function createApp(deps: ApiDeps, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  let description: object | undefined;
  app.onError((error, c) => {
    const response = errorResponse(c, error);
    if (response.status >= 500) onFault(error);
    return response;
  });
  app.notFound(async (c) => errorResponse(c, await routeNotFound(c.req)));

  app.use(securityHeaders);
  for (const path of ['/v1/*', '/mcp']) app.use(path, answerPreflights);
  for (const path of ['/v1/health', '/openapi.json']) app.use(path, openToAll);
  for (const path of LARGE_ANSWERS) app.use(path, compress());
  app.route('/v1/health', healthRoutes());
  app.get('/openapi.json', async (c) => {
    description ??= (await import('./late-routes.ts')).openApiDocument();
    return c.json(description, 200, { 'cache-control': 'public, max-age=300' });
  });
  app.route('/', pageRoutes(deps.webDir, deps.originOfObjects));
  app.use('/v1/*', authenticate(deps));
  app.use('/v1/*', limitBody);
  for (const noun of SEARCHING_NOUNS) app.use(`/v1/${noun}/*`, readManifestAhead(deps.manifests));
  for (const noun of [...SCOPED_NOUNS, 'usage', 'me']) {
    const isBeside = SEARCHING_NOUNS.has(noun);
    app.use(
      `/v1/${noun}/*`,
      asTenant(deps),
      openToOrigins,
      limitRate(deps.rateLimiter, { isBeside }),
      flushingUsage(deps),
    );
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
  mountMcp(app, deps);
  return app;
}

/** Assistants: the tools ask the routes above. Loaded when the first of them comes. */
function mountMcp(app: Hono, deps: ApiDeps): void {
  app.use('/mcp', authenticate(deps), limitBody, asTenant(deps), openToOrigins, limitRate(deps.rateLimiter));
  app.all('/mcp', async (c) => {
    // There are no sessions to end, and nothing is told that nobody asked for.
    if (c.req.method !== 'POST') throw new MethodNotAllowed(c.req, ['POST']);
    const { answerMcp } = await import('./mcp/answer-mcp.ts');
    // The token of this request pays for the first call of a tool, and of each further one its first request pays for all that it asks.
    let calls = 0;
    const answer = await answerMcp(c.req.raw, () => {
      let isPaidFor = calls++ === 0;
      return async (input, init) => {
        const env: PaidFor = { isPaidFor };
        isPaidFor = true;
        return app.request(input, init, env);
      };
    });
    return c.newResponse(answer.body, answer);
  });
}

function mountRoutes(app: Hono, deps: RouteDeps): void {
  app
    .route('/v1/search', searchRoutes(deps))
    .route('/v1/words', wordRoutes(deps))
    .route(...whenAsked('/v1', async () => (await import('./late-routes.ts')).lateRoutes(deps)));
}
