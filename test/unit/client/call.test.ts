import { expect, it } from 'vitest';
import { createClient } from '../../../lib/client/create-client.ts';

/** How the client asks again; what it asks for is tested on the embedded stack. */

const later = (status: number) => new Response('', { status, headers: { 'retry-after': '0' } });
const ok = () => Response.json({ images: [{ id: '1', status: 'unknown' }], uploads: [], tenant: 'acme' });

/** A client that gets these answers one after the other, and what it sent. */
function clientWith(...answers: (Response | Error)[]) {
  const sent: (readonly [string, RequestInit])[] = [];
  const client = createClient('https://gloss.example/', () => 'gls_1', {
    retries: 2,
    fetch: (input, init) => {
      sent.push([input as string, init!]);
      const answer = answers[sent.length - 1]!;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { client, sent };
}

it('sends the credential, the query and a body', async () => {
  const { client, sent } = clientWith(ok(), ok());
  await client.call('search', { query: { q: 'red & blue', limit: 5 } });
  await client.call('askStatus', { body: { ids: ['1'] } });
  expect(sent[0]![0]).toBe('https://gloss.example/v1/search?q=red+%26+blue&limit=5');
  expect(sent[0]![1]).toEqual({ method: 'GET', headers: { authorization: 'Bearer gls_1' } });
  expect(sent[1]![1]).toEqual({
    method: 'POST',
    headers: { authorization: 'Bearer gls_1', 'content-type': 'application/json' },
    body: '{"ids":["1"]}',
  });
});

it.each([429, 503])('asks again what only reads, after %i', async (status) => {
  const { client, sent } = clientWith(later(status), later(status), ok());
  await client.call('showMe');
  expect(sent).toHaveLength(3);
});

it('gives up after as many attempts as it may', async () => {
  const { client, sent } = clientWith(later(503), later(503), later(503), ok());
  await expect(client.call('showMe')).rejects.toMatchObject({ code: 'http', status: 503, isRetryable: true });
  expect(sent).toHaveLength(3);
});

it('asks again when no answer comes', async () => {
  const { client, sent } = clientWith(new TypeError('fetch failed'), ok());
  await client.call('askStatus', { body: { ids: ['1'] } });
  expect(sent).toHaveLength(2);
});

it('sends a write a second time only with an idempotency key', async () => {
  const once = clientWith(later(503), ok());
  await expect(once.client.call('createKey', { body: {} })).rejects.toMatchObject({ status: 503 });
  const twice = clientWith(later(503), ok());
  await twice.client.call('createKey', { body: {}, idempotencyKey: 'a' });
  expect(twice.sent.map(([, { headers }]) => headers)).toEqual(
    Array(2).fill(expect.objectContaining({ 'idempotency-key': 'a' })),
  );
});

it('does not ask again what is wrong', async () => {
  const { client, sent } = clientWith(
    Response.json({ code: 'field', detail: 'q: missing' }, { status: 400 }),
  );
  await expect(client.call('showMe')).rejects.toMatchObject({ code: 'field', message: 'q: missing' });
  expect(sent).toHaveLength(1);
});

it('stops waiting when its caller does', async () => {
  const { client, sent } = clientWith(later(503));
  const reason = new Error('closed');
  await expect(client.call('showMe', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(sent).toHaveLength(1);
});
