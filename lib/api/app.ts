import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { GlossError } from '../domain/errors.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { ImportDeps } from '../steps/import-documents.ts';
import type { RemoveDeps } from '../steps/remove-image.ts';
import type { SearchDeps } from '../steps/search.ts';
import { authenticate } from './authenticate.ts';
import { errorResponse } from './error-response.ts';
import { documentRoutes } from './routes/documents.ts';
import { imageRoutes } from './routes/images.ts';
import { pageRoutes } from './routes/page.ts';
import { searchRoutes } from './routes/search.ts';
import { uploadRoutes } from './routes/uploads.ts';

export interface ApiDeps extends SearchDeps, RemoveDeps, ImportDeps {
  readonly apiKeys: ApiKeys;
  readonly settings: { readonly maxBytes: number };
  /** Folder of the search page's files. */
  readonly webDir: string;
}

const MAX_BODY_BYTES = 1_000_000;

/** The HTTP API and the search page. `onFault` hears of errors that are ours, not the caller's. */
export function createApp(deps: ApiDeps, onFault: (error: unknown) => void) {
  const app = new Hono();
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
  app.route('/', pageRoutes(deps.webDir, deps.objects));
  app.use('/v1/*', authenticate(deps.apiKeys));
  app.use(
    '/v1/*',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new GlossError('too_large', 'body_too_large', `a body has at most ${MAX_BODY_BYTES} bytes`);
      },
    }),
  );
  app.route('/v1/search', searchRoutes(deps));
  app.route('/v1/images', imageRoutes(deps));
  app.route('/v1/uploads', uploadRoutes(deps));
  app.route('/v1/documents', documentRoutes(deps));
  return app;
}
