import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { StatusCode } from 'hono/utils/http-status';
import { OPERATOR } from '../domain/credential.ts';
import { GlossError } from '../domain/errors.ts';
import type { Idempotency, KeptAnswer } from '../ports/idempotency.ts';
import type { AuthEnv } from './env.ts';

const MAX_KEY_CHARS = 100;
const HEADER = 'idempotency-key';

/**
 * Writes with an `Idempotency-Key` are done once: the same request of the same credential with the same key within a day gets the
 * same answer, whether the first was heard or not. Without the header nothing is kept. What fails on our side can be asked again:
 * the request keeps its token, and whoever makes something finds by it what an earlier attempt has made. No secret is kept: lib/api/retries.ts says what comes in its place.
 * @throws GlossError `invalid` for a key that cannot be or that was used for another request, `conflict` while the first is
 * under way, and when its answer was a secret.
 */
export const idempotent = (idempotency: Idempotency) =>
  createMiddleware<AuthEnv>(async (c, next) => {
    const key = sentKey(c);
    if (key === undefined || c.req.method === 'GET') return next();
    if (!/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY_CHARS)
      throw refused('must be 1 to 100 visible ASCII characters');
    if (!c.get('allowed')) throw new Error(`${c.req.path}: nobody has looked whether this is allowed`);
    const principal = c.get('principal');
    const owner = principal.kind === 'operator' ? OPERATOR : principal.tenant;
    // With it come all operations, which no other request needs at once.
    const { identityOf, retryOf } = await import('./retries.ts');
    const retry = retryOf(c.req.method, c.req.path);
    const request = JSON.stringify([
      identityOf(principal),
      c.req.method,
      c.req.path,
      [...new URL(c.req.url).searchParams],
      await c.req.text(),
    ]);
    const begun = await idempotency.begin(owner, key, createHash('sha256').update(request).digest('hex'));
    if (begun.state === 'reused') throw refused('was used for another request; take a new one');
    if (begun.state === 'running')
      throw conflict(
        'under_way',
        'the first request with this key is still under way: ask again in a moment',
      );
    if (begun.state === 'done') {
      if (retry === 'again') return next();
      if (retry === 'refused' && begun.answer.status < 300)
        throw conflict('done_before', doneBefore(begun.answer.body));
      return replay(c, begun.answer);
    }
    const { claim, token } = begun;
    c.set('requestToken', token);
    await next();
    const { status } = c.res;
    const isKept = retry === 'replayed' || (retry === 'refused' && status >= 300);
    const answered = isKept || retry === 'refused' ? await c.res.clone().text() : '';
    const body = isKept ? answered : madeId(answered);
    if (status >= 500 || status === 429) await idempotency.giveUp(owner, key, claim);
    else await idempotency.finish(owner, key, claim, { status, body });
    return undefined;
  });

/** The header as it came: the adapter of Lambda leaves empty ones out of the request, and escapes what is no ASCII. */
function sentKey(c: Context): string | undefined {
  const { event } = (c.env ?? {}) as { readonly event?: { readonly headers?: Record<string, string> } };
  return event?.headers?.[HEADER] ?? c.req.header(HEADER);
}

/** The id of what was made, of an answer that shows a secret: by it what was made can be taken back. */
function madeId(answered: string): string {
  const { id } = (answered === '' ? {} : JSON.parse(answered)) as { readonly id?: unknown };
  return typeof id === 'string' ? id : '';
}

const doneBefore = (id: string): string =>
  `this was done before${id && ` and made ${id}`}, and nothing is kept of its answer, which showed a secret: ` +
  (id ? 'delete what it made, and ask again with another key' : 'GET shows what there is now');

/** The kept answer, with the headers that other middleware has set for this request. */
function replay(c: Context, { status, body }: KeptAnswer): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return c.newResponse(body === '' ? null : body, status as StatusCode, {
    'Idempotency-Replayed': 'true',
    ...(body !== '' && { 'Content-Type': type }),
  });
}

const conflict = (code: string, message: string) =>
  new GlossError('conflict', code, message, { place: { field: 'Idempotency-Key' } });

const refused = (why: string) =>
  new GlossError('invalid', 'field', `Idempotency-Key ${why}`, { place: { field: 'Idempotency-Key' } });
