import type { Context, Env, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import { GlossError } from '../domain/errors.ts';
import { readBySchema } from './read-by-schema.ts';

type Target = 'query' | 'param' | 'json';

/** @throws GlossError `invalid` that names the first field that is wrong, and the others behind it. */
function validate<T>(schema: z.ZodType<T>, input: unknown, target: Target): T {
  const part = target === 'query' ? 'parameter' : 'field';
  const read = readBySchema(schema, input, { part, whole: 'the body' });
  if ('value' in read) return read.value;
  const { field, sentence } = read.mistake;
  throw new GlossError('invalid', 'field', sentence, {
    place: { field },
    mistakes: [read.mistake, ...read.others],
  });
}

/** The query parameters, each at most once. */
function queryParameters(c: Context): Record<string, string> {
  const repeated = Object.entries(c.req.queries()).find(([, values]) => values.length > 1);
  if (repeated) {
    const [field] = repeated;
    throw new GlossError('invalid', 'field', `${field} is given more than once`, { place: { field } });
  }
  return c.req.query();
}

/** @throws GlossError `invalid` when the body is no JSON. */
async function jsonBody(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (cause) {
    throw new GlossError('invalid', 'json', 'the body is no JSON', { cause, place: { field: '' } });
  }
}

/**
 * Middleware that reads a part of the request by a schema and hands it on typed, to the handler by `c.req.valid` and to
 * the typed client (hono/client). A JSON body is read whatever its content type says.
 * @throws GlossError `invalid` that names the field.
 */
export const query = <S extends z.ZodType>(schema: S) => reading('query', schema, queryParameters);
export const path = <S extends z.ZodType>(schema: S) => reading('param', schema, (c) => c.req.param());
export const body = <S extends z.ZodType>(schema: S) => reading('json', schema, jsonBody);

function reading<T extends Target, S extends z.ZodType>(
  target: T,
  schema: S,
  read: (c: Context) => unknown,
): MiddlewareHandler<Env, string, { in: Record<T, z.input<S>>; out: Record<T, z.output<S>> }> {
  return async (c, next) => {
    c.req.addValidatedData(target, validate(schema, await read(c), target) as object);
    await next();
  };
}
