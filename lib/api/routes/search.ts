import { Hono } from 'hono';
import { plainQuery, queryParser } from '../../query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import { search, type Hit } from '../../steps/search/search.ts';
import { didYouMean } from '../../steps/search/suggest-words.ts';
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
    const answer = await search(deps, tenant, asked, limit, PAPER_PARAMS, {
      ...options,
      ...(plain && { sameView: false, agreement: false }),
    });
    const { hits, likely, ...rest } = answer;
    const json = (some: readonly Hit[]) =>
      Promise.all(some.map((hit) => hitJson(deps.objects, tenant, hit, explain)));
    const suggestions = answer.total === 0 ? await didYouMean(deps, tenant, asked) : [];
    return c.json({
      query: { text: q, clauses: asked.clauses },
      ...rest,
      hits: await json(hits),
      ...(likely && { likely: await json(likely) }),
      ...(suggestions.length > 0 && { didYouMean: suggestions }),
    });
  });
}
