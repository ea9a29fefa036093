import fc from 'fast-check';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { answerHttp } from '../../functions/shared/answer-http.ts';
import { toHttpEvent } from '../../infra/local/http-event.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { Problem } from '../../lib/api/problem.ts';

/** All routes of the API, each of which only says which it is and what its parameters are. */
const routes = new Hono();
for (const { method, path } of OPERATIONS)
  routes.on(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) =>
    c.json({ path, parameters: c.req.param() }),
  );
const answer = answerHttp(routes);

const ask = (method: string, url: string, body = '') =>
  answer(
    toHttpEvent(
      { method, url, headersDistinct: { host: ['localhost'] }, httpVersion: '1.1', sourceIp: '127.0.0.1' },
      Buffer.from(body),
      'request',
      new Date(0),
    ),
  );

const LITERALS = [...new Set(OPERATIONS.flatMap(({ path }) => path.split('/').slice(1)))];
const ODD = [
  '#',
  '?',
  '%',
  '\0',
  '\n',
  '\\',
  ';',
  '&',
  '@',
  ':',
  ' ',
  '.',
  '..',
  '/',
  '//',
  '/../',
  'é',
  '%2F',
];
const word = fc.oneof(fc.constantFrom(...LITERALS, 'victim'), fc.stringMatching(/^[a-z0-9]{1,8}$/));
const odd = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
);
const segment = fc.array(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: odd }), {
  minLength: 1,
  maxLength: 3,
});
/** One of the API's paths with something odd in it, or any other. */
const path = fc.oneof(
  fc
    .tuple(fc.constantFrom(...OPERATIONS), word, fc.option(odd, { nil: '' }), word)
    .map(([operation, name, strange, after]) => operation.path.replace(/\{\w+\}/, name + strange + after)),
  fc.array(segment).map((segments) => `/${segments.map((parts) => parts.join('')).join('/')}`),
);
/** As clients write a path: each character that is not plain escaped, also slashes within a segment, or none of those. */
const escaped = (decoded: string, slashes: boolean): string =>
  slashes ? `/${encodeURIComponent(decoded.slice(1))}` : decoded.split('/').map(encodeURIComponent).join('/');

it('the route that answers is the one whose words are in the path, with the parameters that are there', async () => {
  let answered = 0;
  let refused = 0;
  const methods = fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'TRACE', 'HEAD');
  await fc.assert(
    fc.asyncProperty(methods, path, fc.boolean(), async (method, decoded, slashes) => {
      const { statusCode, body } = await ask(method, escaped(decoded, slashes));
      if (statusCode !== 200) {
        expect(statusCode).toBe(statusCode === 405 && method === 'TRACE' ? 405 : 404);
        refused += 1;
        return;
      }
      answered += 1;
      if (method === 'HEAD') return;
      const reached = JSON.parse(body) as { path: string; parameters: Record<string, string> };
      const filled = reached.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => reached.parameters[name]!);
      expect(filled).toBe(decoded);
    }),
    { numRuns: 3_000 },
  );
  expect(answered).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});

it.each([
  ['DELETE', '/v1/tenants/victim%23x', ''],
  ['DELETE', '/v1/tenants/victim%3Fx', ''],
  ['DELETE', '/v1/tenants/victim%00', ''],
  ['DELETE', '/v1/images/..%2Fkeys%2Fabc', ''],
  ['GET', '/v1//images', ''],
  ['GET', '/v1/images/', ''],
  ['TRACE', '/v1/nothing', ''],
  ['CONNECT', '/v1//images', ''],
  ['GET', '/v1/images', 'text'],
])('%s %s is refused with problem details and the headers of every answer', async (method, url, body) => {
  const { statusCode, headers, body: text } = await ask(method, url, body);
  const expected = body === '' ? [404, 'route_not_found'] : [400, 'body_unexpected'];
  const problem = Problem.parse(JSON.parse(text));
  expect([statusCode, problem.code]).toEqual(expected);
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});

it('a body with GET, where the path does not take GET, is told so', async () => {
  const { statusCode, headers } = await ask('GET', '/v1/images/status', 'text');
  expect([statusCode, headers?.['allow']]).toEqual([405, 'POST']);
});

it.each(['TRACE', 'CONNECT', 'track'])(
  '%s, which no request of Hono can have, is told what the path takes',
  async (method) => {
    const { statusCode, headers, body } = await ask(method, '/v1/images');
    expect([statusCode, Problem.parse(JSON.parse(body)).code]).toEqual([405, 'method_not_allowed']);
    expect(headers).toMatchObject({ allow: 'GET, HEAD', 'cache-control': 'no-store' });
  },
);
