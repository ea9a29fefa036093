import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';

/** Unicode writes "é" composed (NFC) or decomposed (NFD), as macOS does: both are one name, wherever a request has it. */

const NAME = 'über/é が.jpg';
const [COMPOSED, DECOMPOSED] = [NAME.normalize('NFC'), NAME.normalize('NFD')];

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const post = async (path: string, body: unknown) => {
  const { status, json } = await service.request('POST', path, key, body);
  return { status, images: (json as { images: { id: string; name?: string; status: string }[] }).images };
};

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(parseTenantId('spellings'));
});
afterAll(() => service.close());

it('words of both spellings are those of one image', async () => {
  expect(COMPOSED).not.toBe(DECOMPOSED);
  const first = await post('/v1/documents', { documents: [{ id: COMPOSED, captions: ['A kite.'] }] });
  const second = await post('/v1/documents', { documents: [{ id: DECOMPOSED, captions: ['A boat.'] }] });
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(second.images).toEqual(first.images);
  expect(second.images[0]!.name).toBe(COMPOSED);
  await service.indexAll();
});

it('the status of an image is asked for in both', async () => {
  for (const name of [COMPOSED, DECOMPOSED]) {
    const { images } = await post('/v1/images/status', { names: [name, 'none.jpg'] });
    expect(images.map(({ name: is, status }) => [is, status])).toEqual([
      [COMPOSED, 'searchable'],
      [undefined, 'unknown'],
    ]);
  }
});

it('an invited image is expected in both', async () => {
  const files = [{ name: 'née.jpg'.normalize('NFD'), contentType: 'image/jpeg', bytes: 3 }];
  expect((await post('/v1/uploads', { files })).status).toBe(200);
  for (const form of ['NFC', 'NFD']) {
    const { images } = await post('/v1/images/status', { names: ['née.jpg'.normalize(form)] });
    expect(images).toMatchObject([{ name: 'née.jpg'.normalize('NFC'), status: 'expected' }]);
  }
});

it('an image is deleted in either', async () => {
  expect((await post('/v1/images/deletion', { names: [DECOMPOSED] })).images).toMatchObject([
    { status: 'removed' },
  ]);
  expect((await post('/v1/images/status', { names: [COMPOSED] })).images).toMatchObject([
    { status: 'removed' },
  ]);
});
