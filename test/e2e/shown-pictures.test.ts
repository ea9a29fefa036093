import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** Addresses of pictures never let what somebody stored run in the bucket's origin. */

let service: Awaited<ReturnType<typeof startService>>;
const tenant = parseTenantId('shown');
let key: string;
beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(tenant, undefined, { cropPolicy: 'grid-2x2' });
});
afterAll(() => service.close());

interface Shown {
  readonly status: string;
  readonly url?: string;
  readonly thumbnailUrl?: string;
  readonly gloss?: { readonly views: readonly { readonly cropUrl?: string }[] };
}
const PAGE = Buffer.from('<script>alert(document.domain)</script>');
const imageOf = async (name: string) =>
  (await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key)).json as Shown;
const put = (name: string, bytes: Uint8Array, type: string) =>
  service.upload(`uploads/${tenant}/${name}`, bytes, type);
const describe = (name: string) =>
  service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, '01'));
async function headersOf(url: string | undefined) {
  const { status, headers } = await fetch(url!);
  return [status, headers.get('content-type'), headers.get('content-disposition')];
}

it('a page that was put under the name of a picture fails and has no address', async () => {
  await put('page.jpg', PAGE, 'image/svg+xml');
  await describe('page.jpg');
  const image = await imageOf('page.jpg');
  expect(image.status).toBe('failed');
  expect(image).not.toHaveProperty('url');
  expect(image).not.toHaveProperty('thumbnailUrl');
});

it('a picture is shown as what was decoded, though something else takes its place', async () => {
  await put('cat.html', await fixture('samples/chelsea.jpg'), 'image/svg+xml');
  await describe('cat.html');
  const { url, thumbnailUrl, gloss } = await imageOf('cat.html');
  const shown = [200, 'image/jpeg', 'inline; filename="cat.jpeg"'];
  expect(await headersOf(url)).toEqual(shown);
  expect(await headersOf(thumbnailUrl)).toEqual(shown);
  const crops = gloss!.views.flatMap(({ cropUrl }) => cropUrl ?? []);
  expect(crops).toHaveLength(4);
  for (const crop of crops) expect(await headersOf(crop)).toEqual(shown);
  await put('cat.html', PAGE, 'text/html');
  expect(await headersOf((await imageOf('cat.html')).url)).toEqual(shown);
});

it('only types that are decoded are invited, and others are refused by themselves with the field', async () => {
  const types = [
    'image/jpeg',
    'image/svg+xml',
    'text/html',
    'application/octet-stream',
    'image/jp2',
    'image/JPEG',
  ];
  const files = types.map((contentType, i) => ({ name: `${i}.jpg`, bytes: 1, contentType }));
  const { json } = await service.request('POST', '/v1/uploads', key, { files });
  const { uploads } = json as { uploads: { status: string; field?: string }[] };
  expect(uploads.map(({ status, field }) => [status, field])).toEqual([
    ['accepted', undefined],
    ...types.slice(1).map(() => ['refused', 'contentType']),
  ]);
});
