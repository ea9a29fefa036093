import * as z from 'zod';
import type { Answer } from './answer.ts';
import { count } from './fields.ts';

/** An answer that is no success: problem details (RFC 9457). */
export const Problem = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.string().describe('a stable word for programs'),
    detail: z.string().describe('what is wrong and what to do, for people'),
    field: z.string().exactOptional().describe('the field that is wrong, such as documents[3].id'),
    at: count.exactOptional().describe('of a query: where the mistake begins, in UTF-16 code units'),
    mistakes: z
      .array(z.strictObject({ field: z.string(), detail: z.string() }).meta({ id: 'Mistake' }))
      .exactOptional()
      .describe('where several fields are wrong: all of them, the first of which is field; 20 at most'),
    length: count.exactOptional().describe('of a query: how long the mistake is, in UTF-16 code units'),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457' });
export type Problem = Answer<typeof Problem>;
