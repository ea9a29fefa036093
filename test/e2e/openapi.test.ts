import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hono } from 'hono';
import { createApp } from '../../lib/api/app.ts';
import { OPERATIONS } from '../../lib/api/openapi/document.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { SCOPES } from '../../lib/domain/credential.ts';
import { startService } from '../support/service.ts';

/** The description of the API, held against the API. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const inBraces = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1');
const filled = (path: string): string =>
  path.replace('{id}', '0'.repeat(32)).replace('{keyId}', '0'.repeat(12)).replace('{tenant}', 'nobody');

it('describes every route that there is, and no other', async () => {
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const app: Hono = createApp(apiDeps(process.env), () => undefined);
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
    .map(({ method, path }) => `${method} ${inBraces(path)}`);
  const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(routes)].sort()).toEqual(described.sort());
});

it('is served as OpenAPI 3.1 with every reference in it, beside a page that shows it', async () => {
  const { status, json, text } = await service.request('GET', '/openapi.json');
  expect(status).toBe(200);
  const document = json as { openapi: string; components: { schemas: Record<string, object> } };
  expect(document.openapi).toBe('3.1.0');
  const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(referred.length).toBeGreaterThan(50);
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...new Set(referred)]));
  expect(text).not.toContain('$defs');
  for (const path of ['/reference', '/reference.js', '/reference.css']) {
    expect((await service.request('GET', path)).status).toBe(200);
  }
});

describe('access is as described:', () => {
  it.each(OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s',
    async (_, { method, path, access }) => {
      const ask = async (key?: string) =>
        (await service.request(method.toUpperCase(), filled(path), key)).status;
      if (access === 'public') {
        expect(await ask()).toBe(200);
        return;
      }
      expect(await ask()).toBe(401);
      const tenant = parseTenantId('access');
      const without = await service.keys.create(
        tenant,
        SCOPES.filter((scope) => scope !== access),
      );
      if (access !== 'tenant') expect(await ask(without)).toBe(403);
      const operator = await service.keys.createOperator();
      if (access === 'operator') expect(await ask(operator)).not.toBe(403);
      else expect(await ask(operator)).toBe(403);
    },
  );
});
