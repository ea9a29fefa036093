import { createApp } from '../../lib/api/app.ts';
import type { apiDeps } from '../deps/api-deps.ts';
import { answerHttp } from '../shared/answer-http.ts';
import { logger } from '../shared/telemetry.ts';

/** API Gateway's HTTP API: the REST API and the search page. */
export const apiHandler = (deps: ReturnType<typeof apiDeps>) =>
  answerHttp(createApp(deps, (error) => logger.error('request failed', { error: error as Error })));
