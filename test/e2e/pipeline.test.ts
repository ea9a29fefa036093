import sharp from 'sharp';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseSequencer, parseTenantId } from '../../lib/domain/ids.ts';
import { stateOfThumbnail } from '../../lib/domain/object-key.ts';
import { eventFile, fixture, s3Event, startService } from '../support/service.ts';

/** The way of a picture, with the sample triggers of events/ and the real handlers on the embedded servers. */

interface Hit {
  readonly thumbnailUrl?: string;
  id: string;
  name: string;
  score: number;
  views: { kind: string; box: object; words: string[] }[];
  explanation?: { terms: { score: number }[] };
}
interface Image {
  status: string;
  failure?: { code: string; reason: string; retryable: boolean };
  gloss?: { model: string; views: { tags: string[] }[] };
}

const acme = parseTenantId('acme');
let service: Awaited<ReturnType<typeof startService>>;
let key: string;
beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(acme);
});
afterAll(() => service.close());

async function search(query: string): Promise<{ total: number; hits: Hit[] }> {
  return (await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}&explain=true`, key)).json;
}
const image = async (name: string) =>
  (await service.request('GET', `/v1/images/${imageIdOf(acme, name)}`, key)).json as Image;
const all = { batchItemFailures: [] };
const failed = ({ Records }: SQSEvent) => ({
  batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

/** Everything that waits to be indexed, in one batch. */
async function settle(): Promise<number> {
  const event = await service.drainIndexQueue();
  expect(await service.index(event)).toEqual(all);
  return event.Records.length;
}

describe('a photo', () => {
  it('is found by what is seen in it, with the views that show it', async () => {
    await service.upload('uploads/acme/chelsea.jpg', await fixture('samples/chelsea.jpg'));
    expect(await service.describe(await eventFile('s3-created'))).toEqual(all);
    expect(await image('chelsea.jpg')).toMatchObject({ status: 'described' });
    expect(await settle()).toBe(1);
    expect(await image('chelsea.jpg')).toMatchObject({
      status: 'searchable',
      gloss: { model: 'embedded-detector' },
    });

    const { total, hits } = await search('cats');
    expect(total).toBe(1);
    expect(hits[0]).toMatchObject({ name: 'chelsea.jpg' });
    expect(hits[0]!.views[0]!.words).toContain('cat');
    expect(hits[0]!.explanation!.terms.reduce((sum, { score }) => sum + score, 0)).toBe(hits[0]!.score);
  });

  it('whose event comes twice is described and indexed once', async () => {
    expect(await service.describe(await eventFile('s3-created-duplicate'))).toEqual(all);
    await settle();
    expect(await search('cat')).toMatchObject({ total: 1 });
  });

  it('that was deleted is gone from the next search on, and late events do not bring it back', async () => {
    await service.removeObject('uploads/acme/chelsea.jpg');
    expect(await service.remove(await eventFile('s3-removed'))).toEqual(all);
    expect(await search('cat')).toEqual(expect.objectContaining({ total: 0, hits: [] }));
    expect(await service.describe(await eventFile('s3-created-duplicate'))).toEqual(all);
    await settle();
    expect(await search('cat')).toMatchObject({ total: 0 });
    expect((await service.request('GET', `/v1/images/${imageIdOf(acme, 'chelsea.jpg')}`, key)).status).toBe(
      404,
    );
  });

  it('whose removal comes before its upload stays gone', async () => {
    await service.upload('uploads/acme/hilltop.jpg', await fixture('samples/hilltop.jpg'));
    await service.removeObject('uploads/acme/hilltop.jpg');
    const { Records } = await eventFile('s3-created-out-of-order');
    for (const record of Records) {
      const event = { Records: [record] };
      const isRemoval = record.eventSourceARN.endsWith('remove');
      expect(await (isRemoval ? service.remove(event) : service.describe(event))).toEqual(all);
    }
    expect(await settle()).toBe(0);
    expect((await service.request('GET', `/v1/images/${imageIdOf(acme, 'hilltop.jpg')}`, key)).status).toBe(
      404,
    );
  });

  it('may have a name of any script and sign', async () => {
    await service.upload('uploads/acme/Käse + Öl/100% 猫 & Tee (1).jpg', await fixture('samples/pikolo.jpg'));
    expect(await service.describe(await eventFile('s3-created-odd-key'))).toEqual(all);
    await settle();
    expect(await image('Käse + Öl/100% 猫 & Tee (1).jpg')).toMatchObject({ status: 'searchable' });
  });

  it('that replaces another replaces its words', async () => {
    await service.upload('uploads/acme/pet.jpg', await fixture('samples/chelsea.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/pet.jpg', '01'));
    await settle();
    expect((await search('cat')).hits.map(({ name }) => name)).toEqual(['pet.jpg']);
    await service.upload('uploads/acme/pet.jpg', await fixture('samples/evening-glow.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/pet.jpg', '02'));
    await settle();
    expect((await search('cat')).hits).toEqual([]);
    expect((await search('boat')).hits.map(({ name }) => name)).toEqual(['pet.jpg']);
    const thumbnails = [
      ...(await service.sizesUnder(`thumbnails/acme/${imageIdOf(acme, 'pet.jpg')}`)).keys(),
    ];
    expect(thumbnails).not.toEqual([]);
    expect(new Set(thumbnails.map(stateOfThumbnail))).toEqual(new Set([parseSequencer('02')]));
  });

  it('that replaces another and cannot be read takes the old words away', async () => {
    await service.upload('uploads/acme/pet.jpg', await fixture('images/not-an-image.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/pet.jpg', '03'));
    expect((await search('boat')).hits).toEqual([]);
    expect(await image('pet.jpg')).toMatchObject({ status: 'failed' });
  });

  it('that is gone when its event comes was never there', async () => {
    expect(await service.describe(s3Event('Created:Put', 'uploads/acme/never.jpg', '01'))).toEqual(all);
    expect(await image('never.jpg')).toMatchObject({ status: 404 });
  });
});

describe('the crops of a photo', () => {
  interface ShownView {
    readonly kind: string;
    readonly box: { readonly width: number; readonly height: number };
    readonly cropUrl?: string;
  }
  const viewsOf = async (name: string) => (await image(name)).gloss!.views as unknown as ShownView[];
  const sizeAt = async (url: string) => {
    const answer = await fetch(url);
    const jpeg = Buffer.from(await answer.arrayBuffer());
    const { format, width, height } = await sharp(jpeg).metadata();
    expect([answer.headers.get('content-type'), format]).toEqual(['image/jpeg', 'jpeg']);
    return { width, height };
  };

  it('are shown at short-lived addresses, in hits and with the image, and the whole has its thumbnail', async () => {
    await service.upload('uploads/acme/crops.jpg', await fixture('samples/chelsea.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/crops.jpg', '01'));
    await settle();
    const views = await viewsOf('crops.jpg');
    expect(views.map(({ kind }) => kind)).toEqual(['whole', 'crop', 'crop', 'crop', 'crop']);
    // The model is told that they are crops: of a whole picture it would say that the first is perhaps a donut.
    expect(await search('donut')).toMatchObject({ total: 0 });
    for (const { kind, box, cropUrl } of views) {
      expect(cropUrl === undefined).toBe(kind === 'whole');
      // The crops of 451 x 300 pixels are smaller than a thumbnail may be.
      if (cropUrl) expect(await sizeAt(cropUrl)).toEqual({ width: box.width, height: box.height });
    }
    const hit = (await search('cat')).hits.find(({ name }) => name === 'crops.jpg')!;
    const matched = hit.views as unknown as ShownView[];
    // The hit has the address of its best crop, and the image those of all.
    const [best, ...others] = matched.filter(({ kind }) => kind === 'crop');
    expect(best!.cropUrl).toMatch(/[?&]X-Amz-Expires=900(&|$)/);
    expect((await fetch(best!.cropUrl!)).status).toBe(200);
    expect(others.length).toBeGreaterThan(0);
    expect(others.flatMap(({ cropUrl }) => cropUrl ?? [])).toEqual([]);
    expect((await fetch(hit.thumbnailUrl!)).status).toBe(200);
    expect(hit).not.toHaveProperty('url');
  });

  it('are those of the picture that is there now', async () => {
    const before = (await viewsOf('crops.jpg')).flatMap(({ cropUrl }) => cropUrl ?? []);
    await service.upload('uploads/acme/crops.jpg', await fixture('images/small.webp'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/crops.jpg', '02'));
    await settle();
    expect((await viewsOf('crops.jpg')).map(({ kind }) => kind)).toEqual(['whole']);
    for (const url of before) expect((await fetch(url)).status).toBe(403);
  });

  it('go with the picture', async () => {
    await service.upload('uploads/acme/crops.jpg', await fixture('samples/chelsea.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/acme/crops.jpg', '03'));
    const urls = (await viewsOf('crops.jpg')).flatMap(({ cropUrl }) => cropUrl ?? []);
    for (const url of urls) expect((await fetch(url)).status).toBe(200);
    const path = `/v1/images/${imageIdOf(acme, 'crops.jpg')}`;
    expect((await service.request('DELETE', path, key)).status).toBe(204);
    for (const url of urls) expect((await fetch(url)).status).toBe(403);
  });
});

describe('a file that cannot be described', () => {
  it.each([
    ['truncated.jpg', 'unreadable'],
    ['not-an-image.jpg', 'not_a_picture'],
    ['zip-named.jpg', 'not_a_picture'],
    ['empty.jpg', 'empty_file'],
    ['huge-dimensions.png', 'too_many_pixels'],
    ['external-reference.svg', 'format_not_read'],
  ])('%s fails for good with a reason, and is not tried again', async (file, code) => {
    await service.upload(`uploads/acme/bad/${file}`, await fixture(`images/${file}`));
    expect(await service.describe(s3Event('Created:Put', `uploads/acme/bad/${file}`, '01'))).toEqual(all);
    const { status, failure } = await image(`bad/${file}`);
    expect({ status, failure }).toMatchObject({ status: 'failed', failure: { code, retryable: false } });
    expect(failure!.reason).not.toBe('');
  });

  it('because it has too many bytes fails before it is read', async () => {
    await service.upload('uploads/acme/bad/large.jpg', new Uint8Array(104_857_601));
    expect(await service.describe(s3Event('Created:Put', 'uploads/acme/bad/large.jpg', '01'))).toEqual(all);
    expect(await image('bad/large.jpg')).toMatchObject({
      status: 'failed',
      failure: { code: 'too_many_bytes' },
    });
  });

  it('does not hold up its neighbours in a batch', async () => {
    const message = { Records: [...s3Event('Created:Put', 'uploads/acme/a.jpg', '0').Records] };
    message.Records[0]!.body = 'no notification';
    const good = s3Event('Created:Put', 'uploads/acme/good.jpg', '01');
    await service.upload('uploads/acme/good.jpg', await fixture('samples/chelsea.jpg'));
    const result = await service.describe({ Records: [...message.Records, ...good.Records] });
    expect(result).toEqual(failed(message));
    expect(await image('good.jpg')).toMatchObject({ status: 'described' });
  });
});

describe('odd pictures', () => {
  it.each([
    'one-pixel.png',
    'cmyk.jpg',
    'sixteen-bit.png',
    'animated.gif',
    'rotated.jpg',
    'scene.avif',
    'grey.jpg',
    'transparent.png',
    'small.webp',
    'scene.heic',
    'scene.jxl',
    'scene.bmp',
  ])('%s is described', async (file) => {
    await service.upload(`uploads/acme/odd/${file}`, await fixture(`images/${file}`));
    expect(await service.describe(s3Event('Created:Put', `uploads/acme/odd/${file}`, '01'))).toEqual(all);
    expect(await image(`odd/${file}`)).toMatchObject({ status: 'described' });
  });

  it('is shown upright, as its EXIF orientation says: red above blue', async () => {
    expect(await image('odd/rotated.jpg')).toMatchObject({ widthPx: 40, heightPx: 60 });
  });
});

describe('events that are no pictures', () => {
  it('are accepted and dropped', async () => {
    expect(await service.describe(await eventFile('s3-test-event'))).toEqual(all);
    expect(await service.remove(await eventFile('s3-test-event'))).toEqual(all);
    expect(await service.describe(s3Event('Created:Put', 'uploads/acme/folder/', '01'))).toEqual(all);
  });
});
