import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../lib/api/app.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { ERROR_KINDS, GlossError } from '../../lib/domain/errors.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';

/** What every answer says to browsers and caches. */

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(parseTenantId('headers'));
});
afterAll(() => service.close());

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()') as string,
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
  'x-frame-options': 'DENY',
};
const A_YEAR = 'max-age=31536000; includeSubDomains';

/** Checks an answer by HTTP and by HTTPS. */
async function check(
  method: string,
  path: string,
  as: string | undefined,
  cacheControl: string,
): Promise<void> {
  const plain = await service.request(method, path, as);
  expect(plain.headers, path).toMatchObject({ ...ALWAYS, 'cache-control': cacheControl });
  expect(plain.headers).not.toHaveProperty('strict-transport-security');
  const safe = await service.request(method, path, as, undefined, { 'x-forwarded-proto': 'https' });
  expect(safe.headers).toMatchObject({ ...ALWAYS, 'strict-transport-security': A_YEAR });
}

describe('every route', () => {
  const routes = OPERATIONS.map(({ method, path }) => ({
    method: method.toUpperCase(),
    path: path.replaceAll(/\{\w+\}/g, 'x'),
  }));
  it.each(routes)('$method $path', async ({ method, path }) => {
    await check(method, path, undefined, 'no-store');
    await check(method, path, key, 'no-store');
  });

  it.each([
    ['/v1/search?q=cat', 'no-store'],
    ['/v1/images', 'no-store'],
    ['/v1/health', 'no-store'],
    ['/v1/nothing', 'no-store'],
    ['/nothing', 'no-store'],
    ['/openapi.json', 'public, max-age=300'],
    ...['/', '/reference', '/search.css', '/search.js', '/console/console.js', '/icon.svg'].map((path) => [
      path,
      'no-cache',
    ]),
  ] as [string, string][])('GET %s', async (path, cacheControl) => {
    await check('GET', path, key, cacheControl);
  });
});

it('a file of the page is sent again only when it has changed', async () => {
  const first = await service.request('GET', '/search.js');
  const tag = String(first.headers['etag']);
  const again = await service.request('GET', '/search.js', undefined, undefined, { 'if-none-match': tag });
  expect(again).toMatchObject({ status: 304, headers: { ...ALWAYS, etag: tag } });
  const policy = 'content-security-policy';
  expect(first.headers[policy]).toContain("script-src 'self'");
  expect(again.headers[policy]).toBe(first.headers[policy]);
  const other = await service.request('GET', '/search.css', undefined, undefined, { 'if-none-match': tag });
  expect(other.status).toBe(200);
  const packed = await service.request('GET', '/search.js', undefined, undefined, {
    'accept-encoding': 'gzip',
  });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip' });
});

it.each(ERROR_KINDS)('an error of the kind %s', async (kind) => {
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const rateLimiter = { take: () => Promise.reject(new GlossError(kind, 'x', 'x')) };
  const app = createApp({ ...apiDeps(process.env), rateLimiter }, () => undefined);
  const headers = { authorization: `Bearer ${key}`, 'x-forwarded-proto': 'https' };
  const response = await app.request('/v1/words?prefix=x', { headers });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    ...ALWAYS,
    'cache-control': 'no-store',
    'strict-transport-security': A_YEAR,
    'content-type': 'application/problem+json',
  });
});
