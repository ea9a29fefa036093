import { Hono } from 'hono';
import { completeWord, type CompletionDeps } from '../../steps/search/suggest-words.ts';
import { analyzerOf } from '../../text/analyzer.ts';
import type { ApiEnv } from '../env.ts';
import { query } from '../validate.ts';
import { WordsParameters, type WordsAnswer } from './schema.ts';

/** GET /v1/words?prefix=&limit=: words of the tenant's pictures that begin so. */
export function wordRoutes(deps: CompletionDeps) {
  return new Hono<ApiEnv>().get('/', query(WordsParameters), async (c) => {
    const { prefix, limit } = c.req.valid('query');
    const analyzer = analyzerOf(c.get('account').settings.language);
    const words = await completeWord(
      { ...deps, manifests: c.get('manifests') },
      c.get('tenant'),
      prefix,
      analyzer,
      limit,
    );
    const answer: WordsAnswer = { words: words.map(({ word, count }) => ({ word, count })) };
    return c.json(answer);
  });
}
