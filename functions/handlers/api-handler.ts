import { handle } from 'hono/aws-lambda';
import { createApp } from '../../lib/api/app.ts';
import type { apiDeps } from '../deps/api-deps.ts';
import { logger } from '../shared/telemetry.ts';

/** API Gateway's HTTP API: the REST API and the search page. */
export function apiHandler(deps: ReturnType<typeof apiDeps>) {
  const app = createApp(deps, (error) => logger.error('request failed', { error: error as Error }));
  // Its announced successor, @hono/aws-lambda, is not published yet.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return handle(app);
}
