import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** Files of one name: the API says what becomes of each, and none is lost without a word. */

let service: Awaited<ReturnType<typeof startService>>;
let tenant: TenantId;
let key: string;
let tenants = 0;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

async function newTenant(): Promise<void> {
  tenant = parseTenantId(`names-${tenants++}`);
  key = await service.keys.create(tenant);
}

type Slot = FormTarget & { status: string; name: string; id: string; failure?: { code: string } };
interface Offer {
  readonly name: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly silent?: true;
}
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** What the API answers to files that are offered together. */
async function offer(onExisting: string | undefined, ...offers: readonly Offer[]): Promise<Slot[]> {
  const files = offers.map(({ name, content, silent }) => ({
    name,
    bytes: Buffer.byteLength(content),
    contentType: 'image/jpeg',
    ...(!silent && { sha256: sha256(content) }),
  }));
  const answer = await service.request('POST', '/v1/uploads', key, {
    files,
    ...(onExisting !== undefined && { onExisting }),
  });
  expect(answer.status, answer.text).toBe(200);
  return (answer.json as { uploads: Slot[] }).uploads;
}
const said = (slots: readonly Slot[]) => slots.map(({ status, name }) => `${status} ${name}`);
const keepBoth = async (name: string, content: Offer['content']) =>
  said(await offer('keep-both', { name, content }))[0];

/** Offered, posted, and its event heard. */
async function send(name: string, content: Offer['content'], onExisting = 'keep-both'): Promise<Slot> {
  const [slot] = await offer(onExisting, { name, content });
  expect((await postForm(slot!, content)).status).toBe(204);
  await hear(slot!.name, Buffer.byteLength(content));
  return slot!;
}
let events = 0;
const hear = (name: string, size: number) =>
  service.admit(
    s3Event('Created:Put', `uploads/${tenant}/${name}`, (++events).toString(16).padStart(8, '0'), 1, {
      size,
    }),
  );

describe('both are kept', () => {
  beforeAll(newTenant);

  it('under a number, from the invitation on', async () => {
    expect(await keepBoth('trip/IMG_1.jpg', 'one')).toBe('accepted trip/IMG_1.jpg');
    expect(await keepBoth('trip/IMG_1.jpg', 'two')).toBe('accepted trip/IMG_1 (2).jpg');
    expect(await keepBoth('trip/IMG_1.jpg', 'three')).toBe('accepted trip/IMG_1 (3).jpg');
  });

  it('and who asks again, as after an end in the middle, has the same answer', async () => {
    expect(await keepBoth('trip/IMG_1.jpg', 'two')).toBe('accepted trip/IMG_1 (2).jpg');
    expect(await keepBoth('trip/IMG_1.jpg', 'one')).toBe('accepted trip/IMG_1.jpg');
  });

  it('nothing is asked for that is in the bucket, before its event is heard and after', async () => {
    const [slot] = await offer('keep-both', { name: 'a.jpg', content: 'one' });
    expect((await postForm(slot!, 'one')).status).toBe(204);
    expect(await keepBoth('a.jpg', 'one')).toBe('unchanged a.jpg');
    expect(await keepBoth('a.jpg', 'two')).toBe('accepted a (2).jpg');
    await hear('a.jpg', 3);
    expect(await keepBoth('a.jpg', 'one')).toBe('unchanged a.jpg');
    expect((await service.request('GET', `/v1/images/${slot!.id}`, key)).json).toMatchObject({
      name: 'a.jpg',
      sha256: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed', // printf one | sha256sum
    });
  });

  it('the store takes the announced content alone', async () => {
    const [slot] = await offer('keep-both', { name: 'exact.jpg', content: 'one' });
    const refused = await postForm(slot!, 'two');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('<Code>BadDigest</Code>');
  });

  it('of one request, too', async () => {
    const slots = await offer(
      'keep-both',
      { name: 'b.jpg', content: 'one' },
      { name: 'b.jpg', content: 'two' },
      { name: 'b (2).jpg', content: 'three' },
      { name: 'b.jpg', content: 'one' },
      { name: '../b.jpg', content: 'four' },
      { name: 'b', content: 'five' },
    );
    expect(said(slots)).toEqual([
      'accepted b.jpg',
      'accepted b (3).jpg',
      'accepted b (2).jpg',
      'unchanged b.jpg',
      'refused ../b.jpg',
      'accepted b',
    ]);
  });

  it('when many ask at once, each content has one name', async () => {
    const contents = Array.from({ length: 20 }, (_, i) => `content ${i % 10}`);
    const answers = await Promise.all(
      contents.map((content) => offer('keep-both', { name: 'many.jpg', content })),
    );
    const names = answers.map(([slot]) => slot!.name);
    expect(new Set(names).size).toBe(10);
    expect(names.slice(0, 10)).toEqual(names.slice(10));
    expect([...new Set(names)].sort()).toEqual(
      ['many.jpg', ...Array.from({ length: 9 }, (_, i) => `many (${i + 2}).jpg`)].sort(),
    );
  });

  it('beside what was put straight into the bucket, heard of or not', async () => {
    await service.upload(`uploads/${tenant}/direct.jpg`, Buffer.from('one'));
    expect(await keepBoth('direct.jpg', 'two')).toBe('accepted direct (2).jpg');
    await hear('direct.jpg', 3);
    expect(await keepBoth('direct.jpg', 'three')).toBe('accepted direct (3).jpg');
  });

  it('what was put straight into the bucket is known by its content once it is described', async () => {
    const cat = new Uint8Array(await fixture('samples/chelsea.jpg'));
    await service.upload(`uploads/${tenant}/cat.jpg`, cat);
    const event = s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01', 1, { size: cat.length });
    await service.describe(event);
    expect(await keepBoth('cat.jpg', cat)).toBe('unchanged cat.jpg');
  });

  it('beside imported words', async () => {
    await service.request('POST', '/v1/documents', key, { documents: [{ id: 'words.jpg', texts: ['x'] }] });
    expect(await keepBoth('words.jpg', 'one')).toBe('accepted words (2).jpg');
  });

  it('a name is free again when its picture is deleted; its number stays with what has it', async () => {
    const first = await send('gone.jpg', 'one');
    expect((await send('gone.jpg', 'two')).name).toBe('gone (2).jpg');
    expect((await send('gone.jpg', 'three')).name).toBe('gone (3).jpg');
    await service.request('DELETE', `/v1/images/${imageIdOf(tenant, 'gone (2).jpg')}`, key);
    expect(await keepBoth('gone.jpg', 'three')).toBe('unchanged gone (3).jpg');
    expect(await keepBoth('gone.jpg', 'four')).toBe('accepted gone (2).jpg');
    await service.request('DELETE', `/v1/images/${first.id}`, key);
    expect(await keepBoth('gone.jpg', 'five')).toBe('accepted gone.jpg');
  });

  it('a file without its SHA-256 is other content', async () => {
    await send('silent.jpg', 'one');
    const [slot] = await offer('keep-both', { name: 'silent.jpg', content: 'one', silent: true });
    expect(said([slot!])).toEqual(['accepted silent (2).jpg']);
  });

  it('composed and decomposed letters are one name', async () => {
    const [composed, decomposed] = ['caf\u00e9.jpg', 'cafe\u0301.jpg'];
    expect(await keepBoth(decomposed, 'one')).toBe(`accepted ${composed}`);
    expect(await keepBoth(composed, 'two')).toBe('accepted caf\u00e9 (2).jpg');
    const other = 'fore\u0302t.jpg';
    await service.upload(`uploads/${tenant}/${other}`, Buffer.from('one'));
    expect(await keepBoth(other, 'two')).toBe('accepted for\u00eat (2).jpg');
  });
});

describe('replacing', () => {
  beforeAll(newTenant);

  it('is what a request means that does not say, and takes the name', async () => {
    await send('a.jpg', 'one', 'replace');
    expect(said(await offer(undefined, { name: 'a.jpg', content: 'two', silent: true }))).toEqual([
      'accepted a.jpg',
    ]);
    expect((await send('a.jpg', 'two', 'replace')).name).toBe('a.jpg');
  });

  it('the same content is not asked for', async () => {
    expect(said(await offer('replace', { name: 'a.jpg', content: 'two' }))).toEqual(['unchanged a.jpg']);
    const [slot] = await offer('replace', { name: 'b.jpg', content: 'one' });
    expect((await postForm(slot!, 'one')).status).toBe(204);
    expect(said(await offer('replace', { name: 'b.jpg', content: 'one' }))).toEqual(['unchanged b.jpg']);
  });
});

describe('skipping', () => {
  beforeAll(newTenant);

  it('leaves what is there', async () => {
    await send('a.jpg', 'one');
    const slots = await offer(
      'skip',
      { name: 'a.jpg', content: 'two' },
      { name: 'a.jpg', content: 'one' },
      { name: 'b.jpg', content: 'two' },
      { name: 'b.jpg', content: 'three' },
    );
    expect(said(slots)).toEqual(['skipped a.jpg', 'unchanged a.jpg', 'accepted b.jpg', 'skipped b.jpg']);
  });
});

it('what is wrong with the question is told', async () => {
  await newTenant();
  const file = { name: 'a.jpg', bytes: 1, contentType: 'image/jpeg' };
  for (const [body, field] of [
    [{ files: [file], onExisting: 'both' }, 'onExisting'],
    [{ files: [{ ...file, sha256: 'AB' }] }, 'files[0].sha256'],
  ] as const) {
    const answer = await service.request('POST', '/v1/uploads', key, body);
    expect(answer).toMatchObject({ status: 400, json: { field } });
  }
});
