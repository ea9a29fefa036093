import type { Operation } from '../openapi/operation.ts';
import { WordsAnswer, WordsParameters } from './schema.ts';

export const WORD_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/words',
    id: 'completeWord',
    tag: 'search',
    summary: "Words of the tenant's pictures that begin so, the most frequent first",
    access: 'search',
    query: WordsParameters,
    success: { status: 200, description: 'words; none when nothing begins so', body: WordsAnswer },
    example: { query: { prefix: 'pi' }, answer: { words: [{ word: 'pier', count: 1 }] } },
  },
];
