import { PIER_ID, PIER_VIEWS } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { SearchAnswer, SearchParameters } from './schema.ts';

export const SEARCH_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/search',
    id: 'search',
    tag: 'search',
    summary: 'Images for words, best first, each with the views that earned it',
    access: 'search',
    query: SearchParameters,
    problems: [410],
    success: { status: 200, description: 'hits; none when nothing matches', body: SearchAnswer },
    example: {
      query: { q: '+sunset -dog', limit: '5', sort: 'newest' },
      answer: {
        query: {
          text: '+sunset -dog',
          clauses: [
            { occur: 'must', text: 'sunset', at: 1, terms: ['sunset'] },
            { occur: 'not', text: 'dog', at: 9, terms: ['dog'] },
          ],
        },
        total: 1,
        totalIs: 'exact',
        hits: [
          {
            id: PIER_ID,
            name: 'pier.jpg',
            score: 0.43,
            date: '2024-05-17T20:41:05',
            views: [
              {
                ...PIER_VIEWS[1],
                words: ['sunset'],
                highlights: [{ field: 'caption', index: 0, start: 17, end: 23 }],
              },
            ],
          },
        ],
        figures: { docCount: 1, segments: 1, postings: 1, evaluateMs: 0.2, totalMs: 4.7 },
      },
    },
  },
];
