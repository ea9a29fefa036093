import { Hono } from 'hono';
import { parseQuery } from '../../query/parse-query.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import { search } from '../../steps/search.ts';
import type { ApiDeps } from '../app.ts';
import type { ApiEnv } from '../authenticate.ts';
import { hitJson } from '../image-json.ts';
import { SearchParameters } from '../schemas.ts';
import { queryParameters, validate } from '../validate.ts';

/** GET /v1/search?q=&limit=&explain= */
export function searchRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().get('/', async (c) => {
    const { q, limit, explain } = validate(SearchParameters, queryParameters(c));
    const query = parseQuery(q);
    const tenant = c.get('tenant');
    const { total, hits, figures } = await search(deps, tenant, query, limit, PAPER_PARAMS);
    return c.json({
      query: { text: q, clauses: query.clauses },
      total,
      hits: await Promise.all(hits.map((hit) => hitJson(deps.objects, tenant, hit, explain))),
      figures,
    });
  });
}
