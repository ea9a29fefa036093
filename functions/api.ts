import { handle } from '@hono/aws-lambda';
import { createApp } from '../lib/api/app.ts';
import { apiDeps } from './deps.ts';
import { logger } from './telemetry.ts';

/** API Gateway's HTTP API: the REST API and the search page. */
export const handler = handle(
  createApp(apiDeps(process.env), (error) => logger.error('request failed', { error: error as Error })),
);
