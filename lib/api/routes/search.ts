import { Hono } from 'hono';
import { plainQuery, queryParser } from '../../query/syntax/parse-query.ts';
import type { Hit } from '../../steps/search/hit.ts';
import { RERANK_NOTHING, search } from '../../steps/search/search.ts';
import { analyzerOf } from '../../text/analyzer.ts';
import type { ApiDeps } from '../app.ts';
import type { ApiEnv } from '../authenticate.ts';
import { hitJson } from '../image-json.ts';
import { SearchParameters } from '../schemas.ts';
import { query } from '../validate.ts';

/** GET /v1/search?q=&limit=&explain=&likely=&related=&plain= */
export function searchRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().get('/', query(SearchParameters), async (c) => {
    const { q, limit, explain, plain, ...options } = c.req.valid('query');
    const analyzer = analyzerOf(c.get('account').settings.language);
    const asked = plain ? plainQuery(q, analyzer) : queryParser(analyzer)(q);
    const tenant = c.get('tenant');
    const answer = await search(deps, tenant, {
      ...options,
      query: asked,
      limit,
      suggestions: true,
      ...(plain && { rerank: RERANK_NOTHING }),
    });
    const { hits, likely, suggestions = [], ...rest } = answer;
    const json = (some: readonly Hit[]) =>
      Promise.all(some.map((hit) => hitJson(deps.objects, tenant, hit, explain)));
    return c.json({
      query: { text: q, clauses: asked.clauses },
      ...rest,
      hits: await json(hits),
      ...(likely && { likely: await json(likely) }),
      ...(suggestions.length > 0 && { didYouMean: suggestions }),
    });
  });
}
