import type { Operation } from './operation.ts';

/** Whether the operation takes an Idempotency-Key, as lib/api/idempotency.ts does. */
export const isDoneOnce = ({ method, access }: Operation): boolean => method !== 'get' && access !== 'public';

/** Whether the same answer comes again for the same key: one with a secret in it does not. */
const isReplayed = (operation: Operation): boolean => isDoneOnce(operation) && operation.retry === undefined;

/** Whether the operation counts against the rate of a tenant, as lib/api/limit-rate.ts does. */
const isRateLimited = ({ access }: Operation): boolean => access !== 'operator' && access !== 'public';

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** Headers of a success. */
export const headersOf = (operation: Operation) => ({
  ...(isRateLimited(operation) && {
    RateLimit: header('RateLimit'),
    'RateLimit-Policy': header('RateLimit-Policy'),
  }),
  ...(isReplayed(operation) && { 'Idempotency-Replayed': header('Idempotency-Replayed') }),
});

const text = { type: 'string' };
const seconds = { type: 'integer', format: 'int64', minimum: 1 };

/** Headers of answers, in `components.headers`. */
export const HEADERS = {
  RateLimit: {
    description: 'tokens left in the tenant’s bucket, and seconds until it is full',
    schema: text,
    example: '"tenant";r=199;t=1',
  },
  'RateLimit-Policy': {
    description: 'tokens of the tenant’s full bucket, and seconds in which it fills',
    schema: text,
    example: '"tenant";q=200;w=10',
  },
  'Retry-After': {
    description: 'seconds after which to come again',
    required: true,
    schema: seconds,
    example: 1,
  },
  'WWW-Authenticate': { required: true, schema: text, example: 'Bearer' },
  'Idempotency-Replayed': {
    description: 'the answer is that of the first request with this Idempotency-Key; nothing was done again',
    schema: { type: 'string', const: 'true' },
  },
} as const;

/** The header that makes a write happen once, in `components.parameters`. */
export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. ' +
    'A key that was used for another request is refused with 400; while the first is under way, the answer is 409. ' +
    'Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the ' +
    'webhook are not kept either: such a request is done again, with a fresh answer. ' +
    '429 and 5xx are not kept: the request can be sent again.',
  schema: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[!-~]+$' },
};

interface ProblemResponse {
  readonly name: string;
  readonly description: string;
  readonly headers?: readonly (keyof typeof HEADERS)[];
  readonly example: Readonly<Record<string, unknown>>;
}

const MAY_COME = ['RateLimit', 'RateLimit-Policy', 'Idempotency-Replayed'] as const;

/** Answers that are no success. A test makes the service give each of the examples. */
export const PROBLEMS: Readonly<Record<number, ProblemResponse>> = {
  400: {
    name: 'BadRequest',
    description: 'a field is missing, unknown or wrong; the problem names it',
    headers: MAY_COME,
    example: {
      title: 'invalid',
      code: 'query_syntax',
      detail:
        '"?" needs 2 letters before it, since words are looked up by how they begin (character 5, at "c?r")',
      field: 'q',
      at: 4,
      length: 3,
    },
  },
  401: {
    name: 'Unauthorized',
    description: 'no credential, or one that opens nothing',
    headers: ['WWW-Authenticate'],
    example: {
      title: 'unauthorized',
      code: 'key_missing',
      detail: 'send your key as "Authorization: Bearer gls_..."',
    },
  },
  403: {
    name: 'Forbidden',
    description: 'the credential lacks the scope, or the tenant is suspended',
    headers: ['RateLimit', 'RateLimit-Policy'],
    example: {
      title: 'forbidden',
      code: 'scope_missing',
      detail: 'this credential lacks the scope "upload"',
    },
  },
  404: {
    name: 'NotFound',
    description: 'there is no such thing',
    headers: MAY_COME,
    example: { title: 'not found', code: 'image_not_found', detail: 'there is no such image' },
  },
  409: {
    name: 'Conflict',
    description: 'not as things stand now, or the first request with the Idempotency-Key is under way',
    headers: MAY_COME,
    example: {
      title: 'conflict',
      code: 'no_webhook',
      detail: 'url: no address is set; set one with PUT /v1/webhook or `gloss webhook set URL`',
      field: 'url',
    },
  },
  410: {
    name: 'Gone',
    description: 'the snapshot that the cursor names is gone: search again without it',
    headers: MAY_COME,
    example: {
      title: 'gone',
      code: 'snapshot_gone',
      detail: 'the index has changed too much since this cursor was given: search again without it',
      field: 'cursor',
    },
  },
  413: {
    name: 'ContentTooLarge',
    description: 'the body has more than 1 MB, or a document more words than an image may have',
    headers: MAY_COME,
    example: {
      title: 'too large',
      code: 'body_too_large',
      detail: 'a body has at most 1000000 bytes',
    },
  },
  429: {
    name: 'TooManyRequests',
    description: 'too many requests, or a limit is used up; Retry-After says when to come again',
    headers: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
    example: {
      title: 'throttled',
      code: 'images_limit',
      detail:
        '1 image is asked for and 0 would fit: this tenant has 2 of 2 images that it may have: delete some, or ask the operator for more',
    },
  },
  500: {
    name: 'InternalError',
    description: 'a fault of the service',
    headers: ['RateLimit', 'RateLimit-Policy'],
    example: { title: 'internal', code: 'internal', detail: 'something went wrong on our side' },
  },
  503: {
    name: 'Unavailable',
    description: 'busy; Retry-After says when to come again',
    headers: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
    example: {
      title: 'unavailable',
      code: 'store_unavailable',
      detail: 'the store did not answer',
    },
  },
};

/** `components.responses` */
export const problemResponses = (): Record<string, object> =>
  Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, { name, description, headers = [], example }]) => {
      const content = {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: { type: 'about:blank', status: Number(status), ...example },
        },
      };
      return [
        name,
        { description, headers: Object.fromEntries(headers.map((h) => [h, header(h)])), content },
      ];
    }),
  );

const ALWAYS = [400, 401, 403, 413, 429, 500, 503];
/** Whoever sends a body with GET hears of it. */
const PUBLIC = [400, 500];

/** The problems that an operation may answer with, by status. */
export function problemsOf(operation: Operation): Record<string, object> {
  const { access, params, problems = [] } = operation;
  const statuses =
    access === 'public'
      ? PUBLIC
      : [
          ...ALWAYS,
          ...problems,
          // Also of what can be in no path.
          ...(params ? [404] : []),
          ...(isDoneOnce(operation) ? [409] : []),
        ];
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      { $ref: `#/components/responses/${PROBLEMS[status]!.name}` },
    ]),
  );
}
