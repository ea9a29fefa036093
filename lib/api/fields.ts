import * as z from 'zod';
import { isVisible } from '../domain/visible-text.ts';
import { shown } from './read-by-schema.ts';

/**
 * Fields that schemas of several nouns have. `openapi` in a field's metadata is how the description of the API shows it, where
 * zod's own JSON Schema says too much or too little.
 */

const NO_NUL = '^[^\\x00]*$';
const WHOLE_NUMBER = { type: 'integer', format: 'int64' };

/** `true` or `false` as a query parameter. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true')
  .meta({ openapi: { type: 'boolean', default: false } });

/** Text that can be stored and shown: no NUL, no half characters. Lengths count UTF-16 code units. */
export function cleanText(maxChars: number, { minChars = 0 }: { readonly minChars?: number } = {}) {
  const shape = { type: 'string', ...(minChars > 0 && { minLength: minChars }), maxLength: maxChars };
  return z
    .string()
    .min(minChars)
    .max(maxChars)
    .refine((text) => !text.includes('\u0000'), 'holds a NUL character')
    .refine((text) => text.isWellFormed(), 'holds half a character (a lone surrogate)')
    .meta({ openapi: { ...shape, pattern: NO_NUL } });
}

/** What somebody calls a thing, shown in lists: nothing in it is hidden or turns around what stands beside it. */
export const shownName = (maxChars: number) =>
  cleanText(maxChars).refine(
    isVisible,
    'holds a character that does not show, such as a control character, or one that changes how others show',
  );

/** A whole number as a query parameter. */
export const pageSize = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, {
      error: ({ input }) => `must be a whole number from 1 to ${most}, not ${shown(input)}`,
    })
    .transform(Number)
    .pipe(z.number().min(1).max(most))
    .default(usual)
    .meta({
      openapi: { ...WHOLE_NUMBER, minimum: 1, maximum: most, default: usual },
      description: 'how many a page has at most',
    });

/** Where the next page of a list begins, as the page before said. */
export const cursorOf = (maxChars: number) =>
  cleanText(maxChars, { minChars: 1 }).describe('of the page before; the first page has none').optional();
export const cursor = cursorOf(2_000);

/** What the uploader calls an image. */
export const imageName = cleanText(1_000, { minChars: 1 }).describe(
  'what the uploader calls the image, such as holiday/beach.jpg: no control characters, no part "." or "..", no "/" at the end',
);

/** The SHA-256 of a file. */
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'is no SHA-256: 64 hexadecimal digits, small letters');

/** A query without parameters. */
export const NoParameters = z.strictObject({});

/** Of an answer: a whole number that counts something. */
export const count = z.int().min(0);
/** Of an answer: a moment, ISO 8601 in UTC. */
export const time = z.iso.datetime().meta({ openapi: { type: 'string', format: 'date-time' } });
/** A day in UTC. */
export const day = z.iso.date().meta({ openapi: { type: 'string', format: 'date' } });
/** Of an answer: an address to fetch from or to post to. */
export const address = z.url();
/** Of an answer: where the next page begins. */
export const nextCursor = z.string().min(1).describe('where the next page begins; absent on the last one');
