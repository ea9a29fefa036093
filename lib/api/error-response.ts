import type { Context } from 'hono';
import { GlossError, type ErrorKind, type ErrorPlace, type FieldMistake } from '../domain/errors.ts';
import { reasonText } from '../domain/visible-text.ts';
import { MethodNotAllowed } from './route-not-found.ts';
import type { Problem } from './problem.ts';

/** HTTP status of every kind of error. */
const STATUS = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  throttled: 429,
  internal: 500,
  corrupt: 500,
  unreadable: 500,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>;

/** An error as problem details (RFC 9457). What our own faults say inside stays inside. */
export function errorResponse(c: Context, error: unknown): Response {
  const known = error instanceof GlossError ? error : new GlossError('internal', 'internal', '');
  const status = STATUS[known.kind];
  const problem: Problem = {
    type: 'about:blank',
    title: known.kind.replaceAll('_', ' '),
    status,
    code: known.code,
    detail: detailOf(known),
    ...(known.place && placeJson(known.place)),
    ...(known.mistakes.length > 1 && { mistakes: known.mistakes.map(mistakeJson) }),
  };
  if (known instanceof MethodNotAllowed) c.header('Allow', known.allowed.join(', '));
  if (known.kind === 'unauthorized') c.header('WWW-Authenticate', 'Bearer');
  if (known.kind === 'throttled' || known.kind === 'unavailable')
    c.header('Retry-After', String(known.retryAfterSec ?? 1));
  return c.json(problem, status, { 'content-type': 'application/problem+json' });
}

const OF_INDEX: ReadonlySet<string> = new Set([
  'manifest_corrupt',
  'segment_corrupt',
  'segment_item_missing',
]);

function detailOf(error: GlossError): string {
  if (!isOurs(error)) return reasonText(error.message);
  return OF_INDEX.has(error.code)
    ? 'the search index of this tenant is damaged: tell the operator, who can have it made again'
    : 'something went wrong on our side';
}

/** Of an item that cannot be read its owner hears: it is mended by storing the image again, or by deleting it. */
const isOurs = ({ kind }: GlossError): boolean => STATUS[kind] === 500 && kind !== 'unreadable';

const mistakeJson = ({ field, sentence }: FieldMistake): NonNullable<Problem['mistakes']>[number] => ({
  field,
  detail: reasonText(sentence),
});

const placeJson = ({ field, at, length }: ErrorPlace): Pick<Problem, 'field' | 'at' | 'length'> => ({
  field,
  ...(at !== undefined && { at }),
  ...(length !== undefined && { length }),
});
