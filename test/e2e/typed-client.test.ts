import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest';
import { createApp } from '../../lib/api/app.ts';
import type { ShownImage } from '../../lib/api/images/image.ts';
import type { SearchAnswer } from '../../lib/api/search/schema.ts';
import { createClient, type Client } from '../../lib/client/create-client.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';

/** The typed client of docs/api.md against the real routes; what it does not know does not compile. */

let service: Awaited<ReturnType<typeof startService>>;
let client: Client;
beforeAll(async () => {
  service = await startService();
  const key = await service.keys.create(parseTenantId('typed'));
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const app = createApp(apiDeps(process.env), () => undefined);
  client = createClient('http://localhost', key, async (input, init) => app.request(input, init));
});
afterAll(() => service.close());

it('imports, searches, shows and removes', async () => {
  const imported = await client.v1.documents.$post({
    json: { documents: [{ id: 'pier.jpg', captions: ['a wooden pier at sunset'] }] },
  });
  expect(imported.status).toBe(202);
  const [image] = (await imported.json()).images;
  await service.index(await service.drainIndexQueue());

  const found = await client.v1.search.$get({ query: { q: '+pier -dog', limit: '5' } });
  const answer = await found.json();
  expectTypeOf<keyof typeof answer>().toEqualTypeOf<keyof SearchAnswer>();
  type Place = (typeof answer.hits)[number]['views'][number]['highlights'][number];
  expectTypeOf<Place['field']>().toEqualTypeOf<'tag' | 'caption' | 'text'>();
  expect([answer.total, answer.hits[0]?.name]).toEqual([1, 'pier.jpg']);

  const shown = await (await client.v1.images[':id'].$get({ param: { id: image!.id }, query: {} })).json();
  expectTypeOf<keyof typeof shown>().toEqualTypeOf<keyof ShownImage>();
  expect(shown.status).toBe('searchable');
  expect((await client.v1.images[':id'].$delete({ param: { id: image!.id } })).status).toBe(204);
});

it('tells a file that was taken from one that was not', async () => {
  const files = [
    { name: 'cat.jpg', bytes: 10, contentType: 'image/jpeg' },
    { name: 'notes.txt', bytes: 10, contentType: 'text/plain' },
  ];
  const { uploads } = await (await client.v1.uploads.$post({ json: { files } })).json();
  const [taken, refused] = uploads;
  // @ts-expect-error -- whether there is an address is not known yet
  expect(taken!.url).toBeDefined();
  expect(taken!.status === 'accepted' && taken!.fields['key']).toBe('uploads/typed/cat.jpg');
  expect(refused!.status === 'refused' && refused!.failure.code).toBe('not_a_picture');
});

it('is held to the routes by the compiler', () => {
  // @ts-expect-error -- there is no such route
  expect(client.v1.nothing).toBeDefined();
  // @ts-expect-error -- q is missing
  const nothingAsked: Parameters<typeof client.v1.search.$get>[0] = { query: { limit: '5' } };
  expect(nothingAsked).toBeDefined();
});
