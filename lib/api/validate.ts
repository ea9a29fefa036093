import type { Context } from 'hono';
import { z } from 'zod';
import { GlossError } from '../domain/errors.ts';

/** @throws GlossError `invalid` that names the first field that is wrong. */
export function validate<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  const field = path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
  throw new GlossError('invalid', 'field', `${field === '' ? 'the body' : field}: ${issue.message}`, {
    place: { field },
  });
}

/** The query parameters, each at most once. */
export function queryParameters(c: Context): Record<string, string> {
  const repeated = Object.entries(c.req.queries()).find(([, values]) => values.length > 1);
  if (repeated) {
    const [field] = repeated;
    throw new GlossError('invalid', 'field', `${field}: given more than once`, { place: { field } });
  }
  return c.req.query();
}

/** @throws GlossError `invalid` when the body is no JSON. */
export async function jsonBody(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (cause) {
    throw new GlossError('invalid', 'json', 'the body is no JSON', { cause, place: { field: '' } });
  }
}
