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
    length: count.exactOptional().describe('of a query: how long the mistake is, in UTF-16 code units'),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457' });
export type Problem = Answer<typeof Problem>;
