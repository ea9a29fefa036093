import type { HonoRequest } from 'hono';
import { GlossError } from '../domain/errors.ts';

/** A path that is there, asked with a method that it does not know. */
export class MethodNotAllowed extends GlossError {
  readonly allowed: readonly string[];

  constructor(
    { method, path }: { readonly method: string; readonly path: string },
    allowed: readonly string[],
  ) {
    const message = `${path} does not know ${method}: it takes ${allowed.join(', ')}`;
    super('method_not_allowed', 'method_not_allowed', message);
    this.allowed = allowed;
  }
}

/**
 * Why nothing answers a request: its path does not know its method, or there is no such path. Which paths there are is known to the
 * description of the API, which no search waits for.
 */
export async function routeNotFound({
  method,
  path,
}: Pick<HonoRequest, 'method' | 'path'>): Promise<GlossError> {
  const { allowedMethods } = await import('./late-routes.ts');
  const allowed = allowedMethods(path);
  return allowed.length > 0
    ? new MethodNotAllowed({ method, path }, allowed)
    : new GlossError('not_found', 'route_not_found', `there is no ${method} ${path}`);
}
