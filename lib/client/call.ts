import { ROUTES, type operations } from './api-types.ts';
import { pause } from './pause.ts';
import { GlossProblem, problemOf } from './problem.ts';

/** What the API can be asked, by the names of its description (`/reference` shows each). */
export type OperationId = keyof typeof ROUTES;

type Json<Content> = Content extends { readonly 'application/json': infer Body } ? Body : undefined;

type Sent<Id extends OperationId> = Pick<operations[Id]['parameters'], 'path' | 'query'> &
  (operations[Id] extends { readonly requestBody: { readonly content: infer Content } }
    ? { readonly body: Json<Content> }
    : { readonly body?: never });

/** What an operation is asked with: `path`, `query` and `body` as it has them. */
export type Asked<Id extends OperationId> = Sent<Id> & {
  /** Has a write done once, however often it is sent. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
};

type Success = 200 | 201 | 202 | 204;
type Successful<Responses> = Responses[keyof Responses & Success];

/** What an operation answers; undefined where it answers without a body. */
export type Answered<Id extends OperationId> =
  Successful<operations[Id]['responses']> extends { readonly content: infer Content }
    ? Json<Content>
    : Successful<operations[Id]['responses']> extends { content: infer Content }
      ? Json<Content>
      : undefined;

type IfNeeded<T> = object extends T ? [asked?: T] : [asked: T];

/** Asks the API for one operation. @throws GlossProblem */
export type Call = <Id extends OperationId>(id: Id, ...asked: IfNeeded<Asked<Id>>) => Promise<Answered<Id>>;

export interface Service {
  /** Such as `https://abc.execute-api.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
  /** An API key, or a token of the trusted issuer; or how to get one, asked before every request. */
  readonly credential: string | (() => string | Promise<string>);
  readonly fetch: typeof fetch;
  /** How often what may be sent again is. */
  readonly retries: number;
}

/** Asking again for these changes nothing, whatever came of the first time. */
const READS_BY_POST: readonly OperationId[] = ['askStatus', 'createUploads'];
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

interface Parts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * What asks a service. Where an answer says "not now", or none comes, what only reads and what has an idempotency key is asked again, after
 * as long as the service says.
 */
export const callsOf = (service: Service): Call =>
  (async (id: OperationId, asked: Parts = {}) => {
    const [method] = ROUTES[id];
    const isRepeatable = method === 'GET' || READS_BY_POST.includes(id) || asked.idempotencyKey !== undefined;
    for (let left = isRepeatable ? service.retries : 0, pauseMs = FIRST_PAUSE_MS; ; left -= 1) {
      try {
        return await ask(service, id, asked);
      } catch (error) {
        if (!(error instanceof GlossProblem) || !error.isRetryable || left <= 0) throw error;
        await pause(error.retryAfterSec ? error.retryAfterSec * 1_000 : pauseMs, asked.signal);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      }
    }
  }) as Call;

async function ask(
  { endpoint, credential, fetch: send }: Service,
  id: OperationId,
  { path = {}, query = {}, body, idempotencyKey, signal }: Parts,
): Promise<unknown> {
  const [method, route] = ROUTES[id];
  const bearer = typeof credential === 'string' ? credential : checkedCredential(await credential());
  const response = await sent(send, addressOf(endpoint, route, path, query), {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined;
  return response.json().catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new GlossProblem(`${endpoint} does not answer as Gloss does`, { code: 'not_gloss' }, { cause });
  });
}

/** What a header can carry. @throws TypeError for anything else */
export function checkedCredential(credential: unknown): string {
  if (typeof credential === 'string' && /^[\x21-\x7e]+$/.test(credential)) return credential;
  throw new TypeError('the key or token is missing, or has a character that none has');
}

/** fetch, with what can go wrong on the way as a problem. */
export async function sent(send: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await send(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw noAnswer(url, cause);
  }
}

export const noAnswer = (url: string, cause?: unknown): GlossProblem =>
  new GlossProblem(
    `${new URL(url).origin} does not answer`,
    { code: 'no_answer', isRetryable: true },
    { cause },
  );

/** Names of paths are checked: what could be read as another path is not sent. */
function addressOf(
  endpoint: string,
  route: string,
  path: NonNullable<Parts['path']>,
  query: NonNullable<Parts['query']>,
): string {
  const filled = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name] ?? '';
    if (!/^[\w.~-]+$/.test(value) || /^\.+$/.test(value))
      throw new GlossProblem(`"${value}" is no ${name}`, { code: 'field', field: name });
    return value;
  });
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${endpoint.replace(/\/+$/, '')}${filled}${search && `?${search}`}`;
}
