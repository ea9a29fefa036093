import { Hono } from 'hono';
import { parseQuery } from '../../query/parse-query.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import { search } from '../../steps/search.ts';
import type { ApiDeps } from '../app.ts';
import type { ApiEnv } from '../authenticate.ts';
import { hitJson } from '../image-json.ts';
import { SearchParameters } from '../schemas.ts';
import { query } from '../validate.ts';

/** GET /v1/search?q=&limit=&explain= */
export function searchRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().get('/', query(SearchParameters), async (c) => {
    const { q, limit, explain } = c.req.valid('query');
    const asked = parseQuery(q);
    const tenant = c.get('tenant');
    const { total, hits, figures } = await search(deps, tenant, asked, limit, PAPER_PARAMS);
    return c.json({
      query: { text: q, clauses: asked.clauses },
      total,
      hits: await Promise.all(hits.map((hit) => hitJson(deps.objects, tenant, hit, explain))),
      figures,
    });
  });
}
