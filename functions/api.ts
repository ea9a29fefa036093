import { apiDeps } from './deps/api-deps.ts';
import { apiHandler } from './handlers/api-handler.ts';

/** API Gateway's HTTP API: the REST API and the search page. */
export const handler = apiHandler(apiDeps(process.env));
