import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { startService } from '../support/service.ts';

/** The HTTP API as API Gateway asks it, on the embedded servers. */

const acme = parseTenantId('acme');
const other = parseTenantId('other');
let service: Awaited<ReturnType<typeof startService>>;
let key: string;
let otherKey: string;
beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(acme);
  otherKey = await service.keys.create(other);
});
afterAll(() => service.close());

async function importAndIndex(documents: object[], as = key): Promise<void> {
  expect((await service.request('POST', '/v1/documents', as, { documents })).status).toBe(202);
  await service.index(await service.drainIndexQueue());
}
async function names(query: string, as = key): Promise<string[]> {
  const { json } = await service.request('GET', `/v1/search?q=${encodeURIComponent(query)}`, as);
  return (json as { hits: { name: string }[] }).hits.map(({ name }) => name);
}
async function problem(method: string, path: string, body?: unknown, as: string | undefined = key) {
  const { status, headers, json } = await service.request(method, path, as, body);
  expect(headers['content-type']).toBe('application/problem+json');
  return {
    status,
    ...(json as { code: string; detail: string; field?: string; at?: number; length?: number }),
  };
}

describe('who asks', () => {
  it('is nobody without a key, and nobody with a key that does not exist', async () => {
    expect(await problem('GET', '/v1/search?q=cat', undefined, '')).toMatchObject({ status: 401 });
    const unknown = `gls_${'x'.repeat(32)}`;
    expect(await problem('GET', '/v1/search?q=cat', undefined, unknown)).toMatchObject({
      status: 401,
      code: 'key_unknown',
    });
    expect((await service.request('GET', '/v1/health')).json).toEqual({ status: 'ok' });
  });

  it('sees nothing of another tenant: its images are as absent as those that never were', async () => {
    await importAndIndex([{ id: 'secret.jpg', texts: ['zebra'] }]);
    expect(await names('zebra')).toEqual(['secret.jpg']);
    expect(await names('zebra', otherKey)).toEqual([]);
    const theirs = await problem('GET', `/v1/images/${imageIdOf(acme, 'secret.jpg')}`, undefined, otherKey);
    const nobodys = await problem('GET', `/v1/images/${imageIdOf(acme, 'never.jpg')}`, undefined, otherKey);
    expect(theirs).toEqual(nobodys);
    expect(
      await problem('DELETE', `/v1/images/${imageIdOf(acme, 'secret.jpg')}`, undefined, otherKey),
    ).toEqual(nobodys);
    expect(await names('zebra')).toEqual(['secret.jpg']);
  });
});

describe('searching', () => {
  it('requires and excludes words', async () => {
    await importAndIndex([
      { id: 'a', texts: ['a red car', 'a street'] },
      { id: 'b', texts: ['a red kite'] },
      { id: 'c', tags: ['car'], captions: ['a blue car'] },
    ]);
    expect((await names('red car')).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await names('+red +car')).toEqual(['a']);
    expect(await names('red -car')).toEqual(['b']);
    expect(await names('red -kites')).toEqual(['a']);
    expect(await names('submarine')).toEqual([]);
  });

  it('marks the words in the views that hold them, and takes the score apart', async () => {
    const { json } = await service.request('GET', '/v1/search?q=STREETS&explain=true', key);
    const [hit] = (
      json as {
        hits: {
          score: number;
          views: object[];
          explanation: { terms: { term: string; via?: string; score: number }[] };
        }[];
      }
    ).hits;
    expect(hit!.views).toEqual([
      expect.objectContaining({ index: 1, caption: 'a street', words: ['street'] }),
    ]);
    const { terms } = hit!.explanation;
    expect(terms.map(({ term, via }) => [term, via])).toEqual([
      ['street', undefined],
      ['=street', 'STREETS'],
    ]);
    expect(terms.reduce((sum, { score }) => sum + score, 0)).toBe(hit!.score);
  });

  it.each([
    ['', 0],
    ['-car', 0],
    ['red *car', 4],
    ['red blue c*', 9],
  ])('says where the mistake in %j is', async (query, at) => {
    const answer = await problem('GET', `/v1/search?q=${encodeURIComponent(query)}`);
    expect(answer).toMatchObject({ status: 400, code: 'query_syntax', field: 'q', at });
  });
});

it.each(['false', 'true'])('a query has 1 to 1,000 characters, plain=%s', async (plain) => {
  const statusOf = async (chars: number) =>
    (await service.request('GET', `/v1/search?plain=${plain}&q=${'x'.repeat(chars)}`, key)).status;
  expect(await Promise.all([0, 1, 1_000, 1_001].map(statusOf))).toEqual([400, 200, 200, 400]);
});

describe('words to narrow by', () => {
  it('complete what is typed, and come with an answer that is asked for them', async () => {
    const { json } = await service.request('GET', '/v1/words?prefix=stre', key);
    expect(json).toMatchObject({ words: [{ word: 'street' }] });
    const answer = await service.request('GET', '/v1/search?q=car&related=true&likely=true', key);
    // Cars are red more often than other things are, in pictures of the world.
    expect(answer.json).toMatchObject({
      related: { candidates: expect.any(Number) as number },
      likely: [{ name: 'b' }],
    });
  });

  it('say what a misspelt word may have been', async () => {
    const { json } = await service.request('GET', '/v1/search?q=streeet', key);
    expect(json).toMatchObject({ total: 0, didYouMean: [{ text: 'streeet', words: [{ word: 'street' }] }] });
  });
});

describe('requests that are wrong', () => {
  const doc = { id: 'twice', texts: ['cat'] };
  it.each([
    ['GET', '/v1/search', undefined, 'q'],
    ['GET', '/v1/search?q=cat&limit=0', undefined, 'limit'],
    ['GET', '/v1/search?q=cat&limit=101', undefined, 'limit'],
    ['GET', '/v1/search?q=cat&limit=ten', undefined, 'limit'],
    ['GET', '/v1/search?q=cat&explain=maybe', undefined, 'explain'],
    ['GET', '/v1/search?q=cat&tenant=other', undefined, 'tenant'],
    ['GET', '/v1/search?q=cat&q=dog', undefined, 'q'],
    ['GET', '/v1/search?q=%00', undefined, 'q'],
    ['POST', '/v1/uploads', { files: [] }, 'files'],
    [
      'POST',
      '/v1/uploads',
      { files: [{ name: 'a', bytes: -1, contentType: 'image/png' }] },
      'files[0].bytes',
    ],
    ['POST', '/v1/uploads', { files: [{ name: 'a\0', bytes: 1, contentType: 'a/b' }] }, 'files[0].name'],
    ['POST', '/v1/documents', { documents: [{ ...doc, id: 'a\0' }] }, 'documents[0].id'],
    ['GET', `/v1/search?q=${'x'.repeat(1001)}`, undefined, 'q'],
    ['POST', '/v1/documents', { documents: [{ id: 'a' }] }, 'documents[0]'],
    ['POST', '/v1/documents', { documents: [{ id: 'a', texts: [], tags: [] }] }, 'documents[0]'],
    ['GET', `/v1/search?plain=true&q=${'x'.repeat(1001)}`, undefined, 'q'],
    ['GET', '/v1/search?plain=true&q=', undefined, 'q'],
    ['POST', '/v1/documents', { documents: [{ id: 'a', texts: ['\ud800'] }] }, 'documents[0].texts[0]'],
    ['POST', '/v1/documents', { documents: [{ id: 'a', texts: [], extra: 1 }] }, 'documents[0].extra'],
    ['POST', '/v1/documents', { documents: [doc, doc] }, 'documents[1].id'],
    ['POST', '/v1/documents', { documents: [doc, { ...doc, id: '../up' }] }, 'documents[1].id'],
    [
      'POST',
      '/v1/uploads',
      { files: [{ name: 'a', bytes: 1, contentType: 'a/b\r\nc' }] },
      'files[0].contentType',
    ],
    ['POST', '/v1/images/status', '{"ids": ', ''],
  ])('%s %s %j names the field', async (method, path, body, field) => {
    expect(await problem(method, path, body)).toMatchObject({ status: 400, field });
  });

  it('are refused when their body has more than a megabyte', async () => {
    const documents = [{ id: 'a', texts: ['x'.repeat(1_000_001)] }];
    expect(await problem('POST', '/v1/documents', { documents })).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  it('are refused when a document has more words than an image may have, and nothing is written', async () => {
    const documents = [
      { id: 'small', texts: ['cat'] },
      { id: 'huge', texts: Array.from({ length: 30 }, () => 'x'.repeat(4_000)) },
    ];
    const refused = { status: 413, code: 'too_many_words', field: 'documents[1]' };
    expect(await problem('POST', '/v1/documents', { documents })).toMatchObject(refused);
    expect((await service.request('GET', `/v1/images/${imageIdOf(acme, 'small')}`, key)).status).toBe(404);
  });

  it('find no route', async () => {
    expect(await problem('GET', '/v1/nothing')).toMatchObject({ status: 404, code: 'route_not_found' });
  });
});

describe('uploads', () => {
  it('get an address for each file that can be taken, and a reason for each that cannot', async () => {
    const files = [
      { name: 'ok.jpg', bytes: 1000, contentType: 'image/jpeg' },
      { name: 'large.jpg', bytes: 104_857_601, contentType: 'image/jpeg' },
      { name: '../up.jpg', bytes: 1, contentType: 'image/jpeg' },
      { name: 'a${filename}', bytes: 1, contentType: 'image/jpeg' },
      { name: 'page.html', bytes: 1, contentType: 'text/html' },
      { name: 'nothing.jpg', bytes: 0, contentType: 'image/jpeg' },
    ];
    const { json } = await service.request('POST', '/v1/uploads', key, { files });
    expect((json as { uploads: object[] }).uploads).toMatchObject([
      {
        status: 'accepted',
        name: 'ok.jpg',
        id: imageIdOf(acme, 'ok.jpg'),
        fields: { key: 'uploads/acme/ok.jpg' },
      },
      { status: 'refused', name: 'large.jpg', failure: { code: 'too_many_bytes' } },
      { name: '../up.jpg', failure: { code: 'image_name' } },
      { name: 'a${filename}', failure: { code: 'image_name' } },
      { name: 'page.html', failure: { code: 'not_a_picture' } },
      { name: 'nothing.jpg', field: 'bytes', failure: { code: 'empty_file', retryable: false } },
    ]);
  });

  it('accept just the file that was announced', async () => {
    const files = [{ name: 'exact.jpg', bytes: 5, contentType: 'image/jpeg' }];
    const { json } = await service.request('POST', '/v1/uploads', key, { files });
    const [target] = (json as { uploads: FormTarget[] }).uploads;
    const post = async (body: string, changes: Record<string, string> = {}) => {
      const fields = { ...target!.fields, ...changes };
      return (await postForm({ url: target!.url, fields }, body)).status;
    };
    expect(await post('longer')).toBe(400);
    expect(await post('12345', { 'Content-Type': 'text/html' })).toBe(403);
    expect(await post('12345', { key: 'uploads/acme/other.jpg' })).toBe(403);
    expect(await post('12345')).toBe(204);
  });
});

describe('images', () => {
  it('are listed page by page, each once', async () => {
    await importAndIndex(
      Array.from({ length: 7 }, (_, i) => ({ id: `page-${i}`, texts: ['paged'] })),
      otherKey,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { json } = await service.request(
        'GET',
        `/v1/images?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
        otherKey,
      );
      const page = json as { images: { name: string }[]; cursor?: string };
      seen.push(...page.images.map(({ name }) => name));
      cursor = page.cursor;
    } while (cursor);
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `page-${i}`));
  });

  it('tell their status by id, also that there is none', async () => {
    const ids = [imageIdOf(acme, 'a'), imageIdOf(acme, 'nobody')];
    const { json } = await service.request('POST', '/v1/images/status', key, { ids });
    expect((json as { images: object[] }).images).toEqual([
      expect.objectContaining({ id: ids[0], name: 'a', status: 'searchable' }),
      { id: ids[1], status: 'unknown' },
    ]);
  });

  it('are gone from the next search once deleted, and deleting again is no error', async () => {
    await importAndIndex([{ id: 'short-lived', texts: ['mayfly'] }]);
    const path = `/v1/images/${imageIdOf(acme, 'short-lived')}`;
    expect(await names('mayfly')).toEqual(['short-lived']);
    expect((await service.request('DELETE', path, key)).status).toBe(204);
    expect(await names('mayfly')).toEqual([]);
    expect((await service.request('DELETE', path, key)).status).toBe(204);
    expect((await service.request('GET', path, key)).status).toBe(404);
  });
});

describe('the page', () => {
  it('is served with a policy that lets no foreign script in', async () => {
    const { status, headers, text } = await service.request('GET', '/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(text).toContain('<title>');
  });
});
