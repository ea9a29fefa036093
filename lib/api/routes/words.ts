import { Hono } from 'hono';
import { completeWord } from '../../steps/search/suggest-words.ts';
import { analyzerOf } from '../../text/analyzer.ts';
import type { ApiDeps } from '../app.ts';
import type { ApiEnv } from '../authenticate.ts';
import { WordsParameters } from '../schemas.ts';
import { query } from '../validate.ts';

/** GET /v1/words?prefix=&limit=: words of the tenant's pictures that begin so. */
export function wordRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().get('/', query(WordsParameters), async (c) => {
    const { prefix, limit } = c.req.valid('query');
    const analyzer = analyzerOf(c.get('account').settings.language);
    return c.json({ words: await completeWord(deps, c.get('tenant'), prefix, analyzer, limit) });
  });
}
