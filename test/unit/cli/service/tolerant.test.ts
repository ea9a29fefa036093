import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { OPERATIONS } from '../../../../lib/api/openapi/operations.ts';
import { tolerant } from '../../../../lib/cli/service/tolerant.ts';

/** What clients make of answers, on the examples of all operations. */

const answers = OPERATIONS.flatMap(({ id, success: { body }, example }) =>
  body ? [[id, body, example.answer] as [string, z.ZodType, unknown]] : [],
);

/** The same with a field more in every object. */
function grown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grown);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, grown(inner)]);
  return { ...Object.fromEntries(entries), unheardOf: 'a string' } as unknown;
}

describe.each(answers)('an answer of %s', (_, schema, example) => {
  it('is read with fields that nobody has heard of, and keeps them', () => {
    expect(tolerant(schema).parse(example)).toEqual(example);
    expect(tolerant(schema).parse(grown(example))).toEqual(grown(example));
    expect(schema.safeParse(example).success).toBe(true);
    expect(schema.safeParse(grown(example)).success).toBe(false);
  });

  it('is not read without a field that has to be there, or with another type', () => {
    const [name, value] = Object.entries(example as Record<string, unknown>)[0]!;
    expect(tolerant(schema).safeParse({ ...(example as object), [name]: undefined }).success).toBe(false);
    const other = typeof value === 'number' ? 'text' : 7;
    expect(tolerant(schema).safeParse({ ...(example as object), [name]: other }).success).toBe(false);
  });
});

it('there are answers', () => {
  expect(answers.length).toBeGreaterThan(25);
});
