import type { Context, Env, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { GlossError } from '../domain/errors.ts';

/** @throws GlossError `invalid` that names the first field that is wrong. */
function validate<T>(schema: z.ZodType<T>, input: unknown): T {
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
function queryParameters(c: Context): Record<string, string> {
  const repeated = Object.entries(c.req.queries()).find(([, values]) => values.length > 1);
  if (repeated) {
    const [field] = repeated;
    throw new GlossError('invalid', 'field', `${field}: given more than once`, { place: { field } });
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

function reading<Target extends 'query' | 'param' | 'json', S extends z.ZodType>(
  target: Target,
  schema: S,
  read: (c: Context) => unknown,
): MiddlewareHandler<Env, string, { in: Record<Target, z.input<S>>; out: Record<Target, z.output<S>> }> {
  return async (c, next) => {
    c.req.addValidatedData(target, validate(schema, await read(c)) as object);
    await next();
  };
}
