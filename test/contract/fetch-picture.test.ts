import { beforeAll, describe, expect, it } from 'vitest';
import { fetchPicture } from '../../lib/adapters/fetch-picture.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { S3UnderTest } from '../support/s3.ts';

/** What the Decode function asks of S3: one object, by its signed address. */

const s3 = new S3UnderTest();
const tenant = parseTenantId('acme');
const signal = new AbortController().signal;
const urlOf = (key: string, livesSec?: number) =>
  s3.addresses().urlFor(tenant, key, undefined, livesSec === undefined ? {} : { livesSec });
const get = (url: string, options: { origin?: string; maxBytes?: number } = {}) =>
  fetchPicture(url, { origin: s3.server.endpoint, maxBytes: 100, signal, ...options });

beforeAll(async () => {
  await s3.put('photo.jpg', Buffer.from('a photo'), { ContentType: 'image/jpeg' });
  await s3.put('page.html', Buffer.from('<p>'), { ContentType: 'text/html' });
});

describe('a signed address', () => {
  it('gives the object', async () => {
    expect(Buffer.from(await get(await urlOf('photo.jpg'))).toString()).toBe('a photo');
    expect(await get(await urlOf('photo.jpg'), { maxBytes: 7 })).toHaveLength(7);
  });

  it('gives nothing of another origin', async () => {
    const origin = 'https://bucket.s3.us-east-1.amazonaws.com';
    await expect(get(await urlOf('photo.jpg'), { origin })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'origin_not_allowed',
    });
  });

  it('gives nothing above the limit, and nothing that is no picture', async () => {
    await expect(get(await urlOf('photo.jpg'), { maxBytes: 6 })).rejects.toMatchObject({
      kind: 'too_large',
      code: 'too_many_bytes',
    });
    await expect(get(await urlOf('page.html'))).rejects.toMatchObject({ code: 'not_a_picture' });
  });

  it('tells an object that is gone from an address that is old', async () => {
    await expect(get(await urlOf('gone.jpg'))).rejects.toMatchObject({ kind: 'not_found' });
    const old = (await urlOf('photo.jpg', 1)).replace(/X-Amz-Date=\d{4}/, 'X-Amz-Date=2020');
    await expect(get(old)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('of a server that is down can be asked again later', async () => {
    await expect(get('http://127.0.0.1:9/photo.jpg', { origin: 'http://127.0.0.1:9' })).rejects.toMatchObject(
      { kind: 'unavailable' },
    );
  });
});
