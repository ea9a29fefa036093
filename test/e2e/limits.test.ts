import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { sweepImages } from '../../lib/steps/sweep/sweep-images.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { sweeper } from '../support/sweeper.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** What a tenant may use up, and how it is counted. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface UsageAnswer {
  readonly total: Record<
    'images' | 'views' | 'inputTokens' | 'outputTokens' | 'readUnits' | 'writeUnits',
    number
  >;
  readonly days: readonly { readonly day: string }[];
  readonly stored: { readonly images: number; readonly bytes: number };
}
const usageOf = async (key: string) => (await service.request('GET', '/v1/usage', key)).json as UsageAnswer;
const search = (key: string) => service.request('GET', '/v1/search?q=cat', key);

async function describePicture(tenant: TenantId, name: string, sequencer = '01'): Promise<void> {
  await service.upload(`uploads/${tenant}/${name}`, await fixture('samples/chelsea.jpg'));
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, sequencer));
}

describe('the rate of requests', () => {
  it('is a bucket of tokens: a burst, then 429 with the time to wait, then a token comes back', async () => {
    // A token comes back in twenty seconds: slower than the slowest machine asks six times.
    const limits = { requestsPerSec: 0.05, burst: 5 };
    const key = await service.keys.create(parseTenantId('hasty'), undefined, { limits });
    const answers = [];
    for (let i = 0; i < 5; i += 1) answers.push(await search(key));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers[0]!.headers).toMatchObject({
      'ratelimit-policy': '"tenant";q=5;w=100',
      ratelimit: '"tenant";r=4;t=20',
    });
    const refused = await search(key);
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limit' } });
    expect(refused.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^(?:1?[1-9]|[12]0)$/) as string,
      ratelimit: expect.stringContaining('r=0;') as string,
    });
    await new Promise((resolve) => setTimeout(resolve, Number(refused.headers['retry-after']) * 1_000));
    expect((await search(key)).status).toBe(200);
  });

  it('lets no more through when requests come at once', async () => {
    const limits = { requestsPerSec: 0.01, burst: 7 };
    const key = await service.keys.create(parseTenantId('crowd'), undefined, { limits });
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => search(key)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(7);
    expect(statuses.filter((status) => status === 429)).toHaveLength(13);
  });

  it('of one tenant is not another’s', async () => {
    const key = await service.keys.create(parseTenantId('calm'));
    expect((await search(key)).status).toBe(200);
  });
});

describe('images and bytes', () => {
  const tenant = parseTenantId('full');
  let key: string;
  beforeAll(async () => {
    key = await service.keys.create(tenant, undefined, { limits: { images: 2, bytes: 1_000_000 } });
  });
  const importing = (...ids: string[]) =>
    service.request('POST', '/v1/documents', key, { documents: ids.map((id) => ({ id, texts: ['x'] })) });

  it('are refused above the limit, and taken again when something was deleted', async () => {
    expect(await importing('a', 'b', 'c')).toMatchObject({
      status: 429,
      json: {
        detail:
          '3 images are asked for and 2 would fit: this tenant has 0 of 2 images that it may have: send less, or ask the operator for more',
      },
    });
    expect((await importing('a', 'b')).status).toBe(202);
    const refused = await importing('c');
    expect(refused).toMatchObject({
      status: 429,
      json: {
        code: 'images_limit',
        detail:
          '1 image is asked for and 0 would fit: this tenant has 2 of 2 images that it may have: delete some, or ask the operator for more',
      },
    });
    expect(refused.headers).toMatchObject({ 'retry-after': '3600' });
    expect((await usageOf(key)).stored).toEqual({ images: 2, bytes: 0 });
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'a')}`, key);
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'a')}`, key);
    expect((await usageOf(key)).stored).toEqual({ images: 1, bytes: 0 });
    expect((await importing('c')).status).toBe(202);
  });

  it('count bytes before they are sent', async () => {
    const files = [{ name: 'big.jpg', bytes: 1_000_001, contentType: 'image/jpeg' }];
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'b')}`, key);
    expect(await service.request('POST', '/v1/uploads', key, { files })).toMatchObject({
      status: 429,
      json: { code: 'bytes_limit' },
    });
  });

  it('are not taken up by a file that is refused by itself', async () => {
    const files = [
      { name: 'huge.jpg', bytes: 10 ** 12, contentType: 'image/jpeg' },
      { name: 'small.jpg', bytes: 10, contentType: 'image/jpeg' },
    ];
    expect(await service.request('POST', '/v1/uploads', key, { files })).toMatchObject({
      status: 200,
      json: { uploads: [{ status: 'refused', field: 'bytes' }, { status: 'accepted' }] },
    });
  });
});

describe('room that is reserved by an invitation', () => {
  type Uploads = { readonly uploads: readonly { readonly status: string }[] };
  const inviting = (key: string, ...names: string[]) =>
    service.request('POST', '/v1/uploads', key, {
      files: names.map((name) => ({ name, bytes: 100, contentType: 'image/jpeg' })),
    });
  const limited = async (name: string, limits: { images?: number; bytes?: number }) => {
    const tenant = parseTenantId(name);
    return { tenant, key: await service.keys.create(tenant, undefined, { cropPolicy: 'none', limits }) };
  };

  it.each([
    ['images', { images: 25 }, 12],
    ['bytes', { bytes: 2_599 }, 12],
  ])('in %s is not passed by many invitations at once', async (sum, limits, taken) => {
    const { key } = await limited(`inviting-${sum}`, limits);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => inviting(key, `${i}a.jpg`, `${i}b.jpg`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(taken);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30 - taken);
    const refused = await inviting(key, 'x.jpg', 'y.jpg');
    expect(refused.headers['retry-after']).toBe('1500');
    expect((refused.json as { detail: string }).detail).toMatch(
      /reserved for invited uploads\. Reserved room ends by itself, at the latest after 25 minutes$/,
    );
    expect(await usageOf(key)).toMatchObject({ reserved: { images: 24, bytes: 2400 } });
    expect(refused).toMatchObject({
      status: 429,
      json: {
        code: `${sum}_limit`,
        detail: expect.stringContaining(
          sum === 'images'
            ? 'has 0 of 25 images that it may have, and 24 are reserved'
            : 'has 0 of 2599 bytes that it may have, and 2400 are reserved',
        ) as string,
      },
    });
  });

  it('is reserved once, however often a name is invited, and by no file that is refused', async () => {
    const { key } = await limited('repeating', { images: 2, bytes: 1_000 });
    for (let i = 0; i < 4; i += 1) expect((await inviting(key, 'a.jpg', 'a.jpg')).status).toBe(200);
    const files = ['a/../b.jpg', '${filename}.jpg', 'b.txt'].map((name) => ({
      name,
      bytes: 100,
      contentType: name.endsWith('txt') ? 'text/plain' : 'image/jpeg',
    }));
    const { status, json } = await service.request('POST', '/v1/uploads', key, { files });
    expect(status).toBe(200);
    expect((json as Uploads).uploads.map((upload) => upload.status)).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
    expect((await inviting(key, 'b.jpg')).status).toBe(200);
    expect((await inviting(key, 'c.jpg')).status).toBe(429);
  });

  it('is not taken by documents, and all of an invitation is refused or none', async () => {
    const { key } = await limited('mixed', { images: 3 });
    expect((await inviting(key, 'a.jpg', 'b.jpg')).status).toBe(200);
    const importing = (...ids: string[]) =>
      service.request('POST', '/v1/documents', key, { documents: ids.map((id) => ({ id, texts: ['x'] })) });
    expect(await importing('c', 'd')).toMatchObject({ status: 429, json: { code: 'images_limit' } });
    expect((await inviting(key, 'c.jpg', 'd.jpg')).status).toBe(429);
    expect((await importing('c')).status).toBe(202);
  });

  it('becomes room that is taken when the file arrives, and free room when that is deleted', async () => {
    const { tenant, key } = await limited('arriving', { images: 2 });
    expect((await inviting(key, 'a.jpg', 'b.jpg')).status).toBe(200);
    await describePicture(tenant, 'a.jpg');
    expect((await usageOf(key)).stored).toMatchObject({ images: 1 });
    expect(await inviting(key, 'c.jpg')).toMatchObject({
      status: 429,
      json: { detail: expect.stringContaining('has 1 of 2 images that it may have, and 1 are') as string },
    });
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`, key);
    expect((await inviting(key, 'c.jpg')).status).toBe(200);
    // The event of the first comes again: it takes nothing away from those that are under way.
    await describePicture(tenant, 'a.jpg');
    expect((await inviting(key, 'd.jpg')).status).toBe(429);
  });

  it('is free again when the file arrives and is refused', async () => {
    const { tenant, key } = await limited('squeezed', { images: 1 });
    expect((await inviting(key, 'a.jpg')).status).toBe(200);
    await describePicture(tenant, 'direct.jpg');
    await describePicture(tenant, 'a.jpg');
    for (const name of ['a.jpg', 'direct.jpg'])
      await service.request('DELETE', `/v1/images/${imageIdOf(tenant, name)}`, key);
    expect((await inviting(key, 'b.jpg')).status).toBe(200);
  });
});

describe('a picture put straight into the bucket', () => {
  const imageOf = async (tenant: TenantId, key: string, name: string) =>
    (await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key)).json as {
      status: string;
      failure?: object;
    };
  const limited = async (name: string, limits: { images?: number; bytes?: number }) => {
    const tenant = parseTenantId(name);
    return { tenant, key: await service.keys.create(tenant, undefined, { cropPolicy: 'none', limits }) };
  };

  it('above the number of images fails and says why, the model is not asked, and the API takes no more', async () => {
    const { tenant, key } = await limited('direct', { images: 2 });
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await describePicture(tenant, name);
    expect(await imageOf(tenant, key, 'b.jpg')).toMatchObject({ status: 'described' });
    const { status, failure } = await imageOf(tenant, key, 'c.jpg');
    expect({ status, failure }).toMatchObject({
      status: 'failed',
      failure: { code: 'images_limit', retryable: true, reason: expect.stringContaining('3 of 2') as string },
    });
    const usage = await usageOf(key);
    expect(usage).toMatchObject({ total: { views: 2 }, stored: { images: 3 } });
    const files = [{ name: 'd.jpg', bytes: 1, contentType: 'image/jpeg' }];
    expect((await service.request('POST', '/v1/uploads', key, { files })).status).toBe(429);

    // Neither its event again nor the picture again gets past the limit; what was let in may be replaced.
    await describePicture(tenant, 'c.jpg');
    await describePicture(tenant, 'c.jpg', '02');
    expect(await imageOf(tenant, key, 'c.jpg')).toMatchObject({ failure: { code: 'images_limit' } });
    await describePicture(tenant, 'a.jpg', '02');
    expect(await imageOf(tenant, key, 'a.jpg')).toMatchObject({ status: 'described' });
    expect((await usageOf(key)).total).toMatchObject({ views: 3 });

    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'b.jpg')}`, key);
    await describePicture(tenant, 'c.jpg', '02');
    expect(await imageOf(tenant, key, 'c.jpg')).toMatchObject({ status: 'described' });
    expect(await usageOf(key)).toMatchObject({ total: { views: 4 }, stored: { images: 2 } });
  });

  it('that is refused counts with all of its bytes until it is deleted, and is let in once there is room', async () => {
    const cat = await fixture('samples/chelsea.jpg');
    const { tenant, key } = await limited('counted', { bytes: 2 * cat.length - 1 });
    const arriving = (name: string, sequencer: string) =>
      service.describe(
        s3Event('Created:Put', `uploads/${tenant}/${name}`, sequencer, 1, { size: cat.length }),
      );
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
      await service.upload(`uploads/${tenant}/${name}`, cat);
      await arriving(name, '01');
    }
    for (const name of ['b.jpg', 'c.jpg'])
      expect(await imageOf(tenant, key, name)).toMatchObject({ failure: { code: 'bytes_limit' } });
    // What is counted is what S3 has.
    const sizes = await service.sizesUnder(`uploads/${tenant}/`);
    expect([...sizes.values()]).toEqual([cat.length, cat.length, cat.length]);
    expect((await usageOf(key)).stored).toEqual({ images: 3, bytes: 3 * cat.length });

    for (const name of ['a.jpg', 'b.jpg'])
      await service.request('DELETE', `/v1/images/${imageIdOf(tenant, name)}`, key);
    expect((await service.sizesUnder(`uploads/${tenant}/`)).size).toBe(1);
    expect((await usageOf(key)).stored).toEqual({ images: 1, bytes: cat.length });
    await arriving('c.jpg', '01'); // the same event, as an operator sends it from the dead letters
    expect(await imageOf(tenant, key, 'c.jpg')).toMatchObject({ status: 'described' });
    expect((await usageOf(key)).stored).toEqual({ images: 1, bytes: cat.length });
  });

  it('counts with its bytes also when words are imported over it, as long as it is there', async () => {
    const { tenant, key } = await limited('covered', {});
    await describePicture(tenant, 'a.jpg');
    const [bytes] = (await service.sizesUnder(`uploads/${tenant}/`)).values();
    await service.request('POST', '/v1/documents', key, { documents: [{ id: 'a.jpg', texts: ['x'] }] });
    expect((await usageOf(key)).stored).toEqual({ images: 1, bytes });
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`, key);
    expect((await usageOf(key)).stored).toEqual({ images: 0, bytes: 0 });
    expect((await service.sizesUnder(`uploads/${tenant}/`)).size).toBe(0);
  });

  it('that is refused is let in when it is sent again and there is room', async () => {
    const { tenant, key } = await limited('again', { images: 1 });
    await describePicture(tenant, 'a.jpg');
    await describePicture(tenant, 'b.jpg');
    expect(await imageOf(tenant, key, 'b.jpg')).toMatchObject({ failure: { code: 'images_limit' } });
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`, key);
    await describePicture(tenant, 'b.jpg', '02');
    expect(await imageOf(tenant, key, 'b.jpg')).toMatchObject({ status: 'described' });
    expect((await usageOf(key)).stored).toMatchObject({ images: 1 });
  });

  it('is one of as many as have room when many come at once', async () => {
    const { tenant, key } = await limited('flood', { images: 3 });
    const names = Array.from({ length: 8 }, (_, i) => `${i}.jpg`);
    await Promise.all(names.map((name) => describePicture(tenant, name)));
    const images = await Promise.all(names.map((name) => imageOf(tenant, key, name)));
    expect(images.filter(({ status }) => status === 'described')).toHaveLength(3);
    expect(images.filter(({ status }) => status === 'failed')).toHaveLength(5);
    expect((await usageOf(key)).total).toMatchObject({ views: 3 });
  });

  it('above the bytes of all fails, and again when a larger one takes its place', async () => {
    // Events say that each has one byte.
    const { tenant, key } = await limited('heavy', { bytes: 1 });
    await describePicture(tenant, 'a.jpg');
    await describePicture(tenant, 'b.jpg');
    expect(await imageOf(tenant, key, 'a.jpg')).toMatchObject({ status: 'described' });
    expect(await imageOf(tenant, key, 'b.jpg')).toMatchObject({
      status: 'failed',
      failure: { code: 'bytes_limit' },
    });
    const larger = s3Event('Created:Put', `uploads/${tenant}/a.jpg`, '02');
    larger.Records[0]!.body = larger.Records[0]!.body.replace('"size":1', '"size":2');
    await service.describe(larger);
    expect(await imageOf(tenant, key, 'a.jpg')).toMatchObject({ failure: { code: 'bytes_limit' } });
    expect((await usageOf(key)).total).toMatchObject({ views: 1 });
  });

  it('of a type that the API would not take fails, whatever its bytes are', async () => {
    const { tenant, key } = await limited('typed', {});
    const cat = await fixture('samples/chelsea.jpg');
    for (const [name, type] of [
      ['page.jpg', 'text/html'],
      ['ok.jpg', 'image/jpeg'],
      ['bytes.jpg', 'application/octet-stream'],
    ] as const) {
      await service.upload(`uploads/${tenant}/${name}`, cat, type);
      await service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, '01'));
    }
    expect(await imageOf(tenant, key, 'page.jpg')).toMatchObject({
      status: 'failed',
      failure: { code: 'not_a_picture', retryable: false },
    });
    for (const name of ['ok.jpg', 'bytes.jpg'])
      expect(await imageOf(tenant, key, name)).toMatchObject({ status: 'described' });
    expect((await usageOf(key)).total).toMatchObject({ views: 2 });
  });
});

describe('versions that were replaced', () => {
  const DAY_MS = 86_400_000;
  /** What S3 has of a tenant, older versions too, read past the code under test. */
  async function bytesInBucket(tenant: TenantId): Promise<number> {
    const list = new ListObjectVersionsCommand({
      Bucket: process.env['BUCKET']!,
      Prefix: `uploads/${tenant}/`,
    });
    const { Versions = [] } = await new S3Client({}).send(list);
    return Versions.reduce((sum, { Size }) => sum + Size!, 0);
  }
  const setUp = async (name: string, limits: { bytes?: number } = {}) => {
    const tenant = parseTenantId(name);
    const key = await service.keys.create(tenant, undefined, { cropPolicy: 'none', limits });
    const cat = await fixture('samples/chelsea.jpg');
    let step = 16;
    const next = () => (step += 1).toString(16).toUpperCase();
    const told = (file: string) =>
      service.describe(s3Event('Created:Put', `uploads/${tenant}/${file}`, next(), 1, { size: cat.length }));
    const put = async (file: string) => {
      await service.upload(`uploads/${tenant}/${file}`, cat, 'image/jpeg');
      await told(file);
    };
    const mark = async (file: string) => {
      const object = `uploads/${tenant}/${file}`;
      await service.removeObject(object);
      await service.remove(s3Event('Removed:DeleteMarkerCreated', object, next()));
    };
    const stored = async () => (await usageOf(key)).stored;
    const remove = (file: string) => service.request('DELETE', `/v1/images/${imageIdOf(tenant, file)}`, key);
    return { tenant, key, cat, told, put, mark, stored, remove };
  };

  it('of one form that is posted again and again count, and only the first of them is let in', async () => {
    const size = (await fixture('samples/chelsea.jpg')).length;
    const { tenant, key, cat, told, stored, remove } = await setUp('reposting', { bytes: size + 10 });
    const files = [{ name: 'a.jpg', bytes: size, contentType: 'image/jpeg' }];
    const { json } = await service.request('POST', '/v1/uploads', key, { files });
    const [form] = (json as unknown as { uploads: FormTarget[] }).uploads;
    for (let i = 0; i < 20; i += 1) {
      expect((await postForm(form!, new Uint8Array(cat))).status).toBe(204);
      await told('a.jpg');
    }
    expect(await bytesInBucket(tenant)).toBe(20 * size);
    expect(await stored()).toEqual({ images: 1, bytes: 20 * size });
    expect((await usageOf(key)).total).toMatchObject({ views: 1 });
    expect(
      (await service.request('GET', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`, key)).json,
    ).toMatchObject({
      status: 'failed',
      failure: { code: 'bytes_limit' },
    });
    expect(await service.request('POST', '/v1/uploads', key, { files })).toMatchObject({ status: 429 });

    await remove('a.jpg');
    expect(await bytesInBucket(tenant)).toBe(0);
    expect(await stored()).toEqual({ images: 0, bytes: 0 });
  });

  it('and what a delete marker covers count until they are deleted', async () => {
    const { tenant, cat, put, mark, stored, remove } = await setUp('marking');
    await put('a.jpg');
    await put('a.jpg');
    await mark('a.jpg');
    expect(await stored()).toEqual({ images: 0, bytes: 2 * cat.length });
    await put('a.jpg');
    expect(await stored()).toEqual({ images: 1, bytes: 3 * cat.length });
    expect(await bytesInBucket(tenant)).toBe(3 * cat.length);
    await mark('a.jpg');
    expect((await remove('a.jpg')).status).toBe(204);
    expect(await bytesInBucket(tenant)).toBe(0);
    expect(await stored()).toEqual({ images: 0, bytes: 0 });
  });

  it('count no more when the lifecycle has removed them', async () => {
    const { tenant, cat, put, mark, stored } = await setUp('expiring');
    for (const file of ['a.jpg', 'a.jpg', 'b.jpg']) await put(file);
    await mark('b.jpg');
    const sweepAfter = async (days: number) =>
      sweepImages(
        { ...(await sweeper()), clock: { nowMs: () => Date.now() + days * DAY_MS } },
        { tenant },
        () => false,
      );
    await sweepAfter(29);
    expect(await stored()).toEqual({ images: 1, bytes: 3 * cat.length });
    expect(await sweepAfter(31)).toMatchObject({ removed: 0, forgotten: 1 });
    expect(await stored()).toEqual({ images: 1, bytes: cat.length });
  });
});

describe('the budget of the month', () => {
  it('is looked at before the model is asked: the image waits and says why, nothing is spent', async () => {
    const tenant = parseTenantId('broke');
    const key = await service.keys.create(tenant, undefined, { limits: { modelUsdPerMonth: 0 } });
    await describePicture(tenant, 'a.jpg');
    const { json } = await service.request('GET', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`, key);
    expect(json).toMatchObject({
      status: 'waiting',
      waiting: {
        code: 'budget_used_up',
        reason: expect.stringContaining('0 dollars') as string,
      },
    });
    expect((await usageOf(key)).total).toMatchObject({ images: 0, views: 0, inputTokens: 0 });
  });
});

describe('usage', () => {
  it('counts each view that the model answered once, however often the event comes', async () => {
    const tenant = parseTenantId('used');
    const key = await service.keys.create(tenant, undefined, { cropPolicy: 'grid-2x2' });
    await describePicture(tenant, 'a.jpg');
    const once = await usageOf(key);
    await describePicture(tenant, 'a.jpg');
    const twice = await usageOf(key);
    const { json } = await service.request('GET', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`, key);
    const { figures } = json as { figures: Record<'views' | 'inputTokens' | 'outputTokens', number> };
    expect(once.total).toMatchObject({ images: 1, ...figuresOf(figures) });
    expect(twice.total).toMatchObject({ images: 1, ...figuresOf(figures) });
    expect(figures.views).toBe(5); // the whole picture and four crops
    expect(once.days.map(({ day }) => day)).toEqual([new Date().toISOString().slice(0, 10)]);
    expect(once.total.writeUnits).toBeGreaterThan(5);
    expect(twice.total.readUnits).toBeGreaterThan(once.total.readUnits);
    expect(once.stored).toEqual({ images: 1, bytes: 1 }); // as the event says, which S3 would fill in
  });

  const figuresOf = ({
    views,
    inputTokens,
    outputTokens,
  }: Record<'views' | 'inputTokens' | 'outputTokens', number>) => ({
    views,
    inputTokens,
    outputTokens,
  });

  it('of every tenant is the operator’s to see, by day or month, a page at a time, with dollars', async () => {
    const operator = await service.keys.createOperator();
    interface Page {
      readonly tenants: readonly {
        readonly tenant: string;
        readonly periods: readonly { readonly period: string }[];
        readonly total: object;
      }[];
      readonly cursor?: string;
    }
    const ask = async (query: string) =>
      (await service.request('GET', `/v1/tenant-usage?${query}`, operator)).json as Page;
    const key = await service.keys.create(parseTenantId('used'));
    const own = await usageOf(key);
    const all = await ask('');
    const today = new Date().toISOString().slice(0, 10);
    const used = all.tenants.find(({ tenant }) => tenant === 'used')!;
    expect(used.total).toEqual(own.total);
    expect(used.periods).toEqual([{ period: today.slice(0, 7), ...own.total }]);
    const byDay = (await ask('by=day')).tenants.find(({ tenant }) => tenant === 'used')!;
    expect(byDay.periods.map(({ period }) => period)).toEqual([today]);
    expect(
      (await ask('from=2026-01-01&to=2026-01-31')).tenants.every(({ periods }) => periods.length === 0),
    ).toBe(true);

    const names: string[] = [];
    for (let page = await ask('limit=2'); ; page = await ask(`limit=2&cursor=${page.cursor}`)) {
      names.push(...page.tenants.map(({ tenant }) => tenant));
      if (page.cursor === undefined) break;
    }
    expect(names).toEqual(all.tenants.map(({ tenant }) => tenant));
    for (const [query, field] of [
      ['by=year', 'by'],
      ['from=2026-02-01&to=2026-01-01', 'from'],
      ['cursor=No', 'cursor'],
    ])
      expect((await service.request('GET', `/v1/tenant-usage?${query!}`, operator)).json).toMatchObject({
        status: 400,
        field,
      });
  });

  it('takes days, and names the one that cannot be', async () => {
    const key = await service.keys.create(parseTenantId('used'));
    expect((await service.request('GET', '/v1/usage?from=2026-01-01&to=2026-01-31', key)).json).toMatchObject(
      {
        days: [],
        total: { usd: { total: 0 } },
      },
    );
    for (const [query, field] of [
      ['from=yesterday', 'from'],
      ['to=2026-02-30', 'to'],
      ['from=2026-02-01&to=2026-01-01', 'from'],
    ]) {
      expect((await service.request('GET', `/v1/usage?${query}`, key)).json).toMatchObject({
        status: 400,
        field,
      });
    }
  });
});
