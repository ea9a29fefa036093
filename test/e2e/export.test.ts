import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** All words of a tenant out and in again. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Page {
  readonly documents: readonly { readonly id: string }[];
  readonly cursor?: string;
}
async function exportAll(key: string, limit: number): Promise<Page['documents']> {
  const documents: Page['documents'][number][] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { status, json } = await service.request('GET', `/v1/export?limit=${limit}${after}`, key);
    expect(status).toBe(200);
    documents.push(...(json as Page).documents);
    ({ cursor } = json);
  } while (cursor !== undefined);
  return documents.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

interface Found {
  readonly total: number;
  readonly hits: readonly {
    readonly name: string;
    readonly score: number;
    readonly views: readonly object[];
  }[];
}
/** Pictures are not exported. */
const withoutPicture = ({ cropUrl: _address, ...view }: { readonly cropUrl?: string }) => view;

async function found(key: string, query: string) {
  const { total, hits } = (await service.request('GET', `/v1/search?q=${query}`, key)).json as Found;
  const shown = hits.map(({ name, score, views }) => ({ name, score, views: views.map(withoutPicture) }));
  return { total, hits: shown.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

it('goes the whole round: what was exported, imported and exported again is the same, and so is what is found', async () => {
  const [from, to] = [parseTenantId('from'), parseTenantId('to')];
  const source = await service.keys.create(from);
  const target = await service.keys.create(to);
  await service.upload('uploads/from/cat.jpg', await fixture('samples/chelsea.jpg'));
  await service.describe(s3Event('Created:Put', 'uploads/from/cat.jpg', '01'));
  await service.upload('uploads/from/broken.jpg', Buffer.from('no picture'));
  await service.describe(s3Event('Created:Put', 'uploads/from/broken.jpg', '01'));
  const documents = [
    { id: 'Käse 🧀.jpg', tags: ['cheese', 'yellow'], captions: ['a "cheese"\n on a board'] },
    { id: 'empty', gloss: { model: 'm', promptVersion: '1', cropPolicy: 'none', views: [] } },
    { id: 'texts', texts: ['a red car', 'a street'] },
  ];
  await service.request('POST', '/v1/documents', source, { documents });
  await service.index(await service.drainIndexQueue());

  const exported = await exportAll(source, 2);
  expect(exported.map(({ id }) => id)).toEqual(['Käse 🧀.jpg', 'cat.jpg', 'empty', 'texts']);
  expect(exported[1]).toMatchObject({ gloss: { model: 'embedded-detector', cropPolicy: 'grid-2x2' } });

  expect((await service.request('POST', '/v1/documents', target, { documents: exported })).status).toBe(202);
  await service.index(await service.drainIndexQueue());
  expect(await exportAll(target, 50)).toEqual(exported);
  for (const query of ['cat', 'cheese', 'red%20car', 'street', 'yellow%20board']) {
    const before = await found(source, query);
    expect(before.total).toBeGreaterThan(0);
    expect(await found(target, query)).toEqual(before);
  }
});

it('takes no cursor of another list or tenant', async () => {
  const key = await service.keys.create(parseTenantId('from'));
  const { json } = await service.request('GET', '/v1/images?limit=1', key);
  const { cursor } = json as Page;
  expect(cursor).toBeDefined();
  expect(await service.request('GET', `/v1/export?cursor=${cursor!}`, key)).toMatchObject({
    status: 400,
    json: { field: 'cursor' },
  });
});

it('refuses a document that has a gloss and other words', async () => {
  const key = await service.keys.create(parseTenantId('from'));
  const gloss = { model: 'm', promptVersion: '1', cropPolicy: 'none', views: [] };
  const body = { documents: [{ id: 'a', texts: ['x'], gloss }] };
  expect(await service.request('POST', '/v1/documents', key, body)).toMatchObject({
    status: 400,
    json: { field: 'documents[0]' },
  });
});
