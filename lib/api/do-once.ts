import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { GlossError } from '../domain/errors.ts';
import type { Idempotency, KeptAnswer } from '../ports/idempotency.ts';
import type { ApiEnv } from './authenticate.ts';

const MAX_KEY_CHARS = 100;

interface Options {
  /** Whether answers hold secrets, which are shown once: then asking again is told so, and nothing is kept. */
  readonly secret?: true;
}

/**
 * Writes with an `Idempotency-Key` are done once: the same request with the same key within a day gets the same answer,
 * whether the first was heard or not. Without the header nothing is kept. What fails on our side was not done, and can be
 * asked again.
 * @throws GlossError `invalid` for a key that cannot be or that was used for another request, `conflict` while the first is
 * under way, and when its answer was a secret.
 */
export const doOnce = (idempotency: Idempotency, { secret }: Options = {}) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (key === undefined || c.req.method === 'GET') return next();
    if (!/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY_CHARS)
      throw refused('must be 1 to 100 visible ASCII characters');
    const tenant = c.get('tenant');
    const { credentialId } = c.get('principal');
    const asked = JSON.stringify([credentialId, c.req.method, c.req.path, await c.req.text()]);
    const begun = await idempotency.begin(tenant, key, createHash('sha256').update(asked).digest('hex'));
    if (begun.state === 'reused') throw refused('was used for another request; take a new one');
    if (begun.state === 'running')
      throw conflict(
        'under_way',
        'the first request with this key is still under way: ask again in a moment',
      );
    if (begun.state === 'done') {
      if (secret && begun.answer.status < 300)
        throw conflict(
          'done_before',
          'this was done before, and its answer was shown once: see the list of keys',
        );
      return replay(begun.answer);
    }
    await next();
    const { status } = c.res;
    const body = secret && status < 300 ? '' : await c.res.clone().text();
    if (status >= 500 || status === 429) await idempotency.giveUp(tenant, key);
    else await idempotency.finish(tenant, key, { status, body });
    return undefined;
  });

function replay({ status, body }: KeptAnswer): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(body === '' ? null : body, {
    status,
    headers: { 'idempotency-replayed': 'true', ...(body !== '' && { 'content-type': type }) },
  });
}

const conflict = (code: string, message: string) =>
  new GlossError('conflict', code, message, { place: { field: 'Idempotency-Key' } });

const refused = (why: string) =>
  new GlossError('invalid', 'field', `Idempotency-Key: ${why}`, { place: { field: 'Idempotency-Key' } });
