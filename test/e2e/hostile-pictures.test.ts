import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { progressiveJpeg } from '../hostile/pictures/jpeg-parts.ts';
import { animatedWebp } from '../hostile/pictures/sequences.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** Pictures that cost too much, through the real handlers: Describe, the call of Decode, its child. */

const acme = parseTenantId('acme');
let service: Awaited<ReturnType<typeof startService>>;
let key: string;

beforeAll(async () => {
  // A good photo takes a tenth of it.
  service = await startService({ environment: { DECODE_CPU_SECONDS: '1' } });
  key = await service.keys.create(acme);
});
afterAll(() => service.close());

async function describe(name: string, bytes: Uint8Array, contentType = 'image/jpeg') {
  await service.upload(`uploads/acme/${name}`, bytes, contentType);
  return service.describe(s3Event('Created:Put', `uploads/acme/${name}`, '01'));
}
async function imageOf(name: string) {
  const { json } = await service.request('GET', `/v1/images/${imageIdOf(acme, name)}`, key);
  return json as { status: string; failure?: unknown };
}
const done = { batchItemFailures: [] };

it('a picture that takes too much CPU time fails for good, and the photo beside it is described', async () => {
  const bomb = progressiveJpeg({ side: 10_000, scans: 100 });
  const results = await Promise.all([
    describe('bomb.jpg', bomb),
    fixture('samples/chelsea.jpg').then((photo) => describe('cat.jpg', photo)),
  ]);
  expect(results).toEqual([done, done]);
  expect(await imageOf('bomb.jpg')).toMatchObject({
    status: 'failed',
    failure: {
      code: 'too_costly',
      reason: 'decoding took more than 1 s of CPU time',
      retryable: false,
    },
  });
  expect(await imageOf('cat.jpg')).toMatchObject({ status: 'described' });
});

it('of an animation of 100,000 frames the first is described', async () => {
  expect(await describe('frames.webp', await animatedWebp(100_000), 'image/webp')).toEqual(done);
  expect(await imageOf('frames.webp')).toMatchObject({ status: 'described' });
});

it('what is no picture by its type is not even fetched whole', async () => {
  expect(await describe('page.html', Buffer.from('<p>'), 'text/html')).toEqual(done);
  expect(await imageOf('page.html')).toMatchObject({ status: 'failed', failure: { code: 'not_a_picture' } });
});
