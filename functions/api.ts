import { handle } from 'hono/aws-lambda';
import { createApp } from '../lib/api/app.ts';
import { apiDeps } from './deps/api-deps.ts';
import { logger } from './shared/telemetry.ts';

/** API Gateway's HTTP API: the REST API and the search page. */
// Its announced successor, @hono/aws-lambda, is not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const handler = handle(
  createApp(apiDeps(process.env), (error) => logger.error('request failed', { error: error as Error })),
);
