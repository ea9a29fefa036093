import { GlossError } from '../domain/errors.ts';
import { MethodNotAllowed, routeNotFound } from './route-not-found.ts';

/** A request as it came, before anything reads it as a URL. */
export interface RequestLine {
  readonly method: string;
  /** Percent-decoded. */
  readonly path: string;
  readonly hasBody: boolean;
}

/** `/`, or segments that are not empty. In these characters a path is the same decoded, encoded and read as a URL. */
const PLAIN_PATH = /^(?:\/|(?:\/[\w.~-]+)+)$/;
const DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/;
/** Methods that no `Request` can have, by the Fetch standard. */
const NO_METHOD = /^(?:CONNECT|TRACE|TRACK)$/i;
const WITHOUT_BODY = /^(?:GET|HEAD)$/i;

/**
 * Why no route may see a request; undefined for one that routes answer. A path that has any other character could be
 * taken for another path: `/tenants/a#b` for `/tenants/a`, `/images/../keys` for `/keys`.
 */
export async function refusalOf({ method, path, hasBody }: RequestLine): Promise<GlossError | undefined> {
  if (!PLAIN_PATH.test(path) || DOT_SEGMENT.test(path))
    return new GlossError('not_found', 'route_not_found', `there is no ${method} ${path}`);
  if (NO_METHOD.test(method)) return routeNotFound({ method, path });
  if (!hasBody || !WITHOUT_BODY.test(method)) return undefined;
  const unknown = await routeNotFound({ method, path });
  if (unknown instanceof MethodNotAllowed && !unknown.allowed.includes(method)) return unknown;
  return new GlossError('invalid', 'body_unexpected', `a ${method} has no body`, {
    place: { field: 'body' },
  });
}
