import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';

/** Addresses as a deployment takes them; the embedded stack takes those of its own machine, too. */

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
beforeAll(async () => {
  service = await startService({ environment: { WEBHOOKS: 'internet' } });
  key = await service.keys.create(parseTenantId('acme'));
});
afterAll(() => service.close());

it.each([
  'http://example.com/',
  'https://127.0.0.1/',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://2130706433/',
])('%s shows that it cannot be called, and is refused when it is set', async (url) => {
  expect(await service.request('PUT', '/v1/webhook', key, { url })).toMatchObject({
    status: 400,
    json: { code: 'field', field: 'url' },
  });
  expect((await service.request('GET', '/v1/webhook', key)).json).toMatchObject({ url: null });
});

it.each(['\u001b[31m', '\u0000', '\u202e', '\u200b', '\ud800'])(
  'an address with %j is refused, and nothing of it is kept',
  async (hidden) => {
    for (const url of [`https://a/${hidden}x`, `${hidden}https://a/`, `https://a/${hidden}`])
      expect(await service.request('PUT', '/v1/webhook', key, { url })).toMatchObject({
        status: 400,
        json: { field: 'url' },
      });
    expect((await service.request('GET', '/v1/webhook', key)).json).toMatchObject({ url: null });
  },
);

it.each(['https://8.8.8.8/', 'https://example.com:8443/hook'])('%s is taken', async (url) => {
  expect(await service.request('PUT', '/v1/webhook', key, { url })).toMatchObject({
    status: 200,
    json: { url },
  });
});
