import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseConverseRequest, toConverseResponse } from '../../infra/local/bedrock/converse-protocol.ts';
import { serveHttp1AndHttp2, type RunningServer } from '../../infra/local/bedrock/dual-http-server.ts';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { pictureWith, xmpOf } from '../support/file-words.ts';
import { s3Event, startService } from '../support/service.ts';

/**
 * The life of what people change of the words of pictures: found, kept through everything that makes words anew, and never a reason to ask
 * the model. The model here says what a test has it say, and its calls are counted.
 */

const acme = parseTenantId('acme');
const PIER = 'pier.jpg';
const KEYWORDS = { keywords: ['walrus'] };

let service: Awaited<ReturnType<typeof startService>>;
let bedrock: RunningServer;
let dynamo: DynamoDBClient;
let key: string;
let operator: string;
let calls = 0;
/** What the model says of the next pictures, and what happens before it does. */
let tags = ['pier', 'frisbee'];
let meanwhile: (() => Promise<void>)[] = [];

beforeAll(async () => {
  bedrock = await serveHttp1AndHttp2(0, (request, response) => {
    void text(request as unknown as Readable).then(async (body) => {
      calls += 1;
      const { tool } = parseConverseRequest(body);
      await meanwhile.shift()?.();
      const toolInput = { tags, caption: 'A long walk at sunset.', visibleText: '' };
      const usage = { inputTokens: 100, outputTokens: 10 };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(toConverseResponse({ toolInput, usage }, tool!.name, 'use', 1)));
    });
  });
  service = await startService({ environment: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint } });
  dynamo = new DynamoDBClient({});
  const limits = { requestsPerSec: 1_000, burst: 10_000 };
  key = await service.keys.create(acme, undefined, { cropPolicy: 'none', limits });
  operator = await service.keys.createOperator();
});
afterAll(async () => {
  dynamo.destroy();
  await service.close();
  await bedrock.close();
});
beforeEach(() => {
  meanwhile = [];
  calls = 0;
});

const idOf = (name: string) => imageIdOf(acme, name);
const put = async (name: string, words: Parameters<typeof xmpOf>[0] = {}) => {
  const body = await pictureWith(Object.keys(words).length > 0 ? { xmp: xmpOf(words) } : {});
  await service.upload(`uploads/acme/${name}`, body);
  return body;
};
const event = (name: string, sequencer: string) =>
  s3Event('Created:Put', `uploads/acme/${name}`, sequencer, 1, { atMs: Date.now() });
async function describe(name: string, sequencer: string): Promise<void> {
  expect((await service.describe(event(name, sequencer))).batchItemFailures).toEqual([]);
  await service.indexAll();
}
const change = (name: string, keywords: object, by = key) =>
  service.request('PATCH', `/v1/images/${idOf(name)}`, by, { keywords });
const changeMany = (body: object, by = key) => service.request('POST', '/v1/images/keywords', by, body);

interface Shown {
  readonly status: string;
  readonly sequencer: string;
  readonly changes?: { readonly added: string[]; readonly removed: string[] };
  readonly thumbnailUrl: string;
  readonly gloss: { readonly views: { readonly tags: string[] }[]; readonly file?: { keywords?: string[] } };
}
const shown = async (name: string) =>
  (await service.request('GET', `/v1/images/${idOf(name)}`, key)).json as Shown;
/** Its keywords, the tags of its one view, and what people changed. */
async function wordsOf(name: string) {
  const { gloss, changes } = await shown(name);
  return { keywords: gloss.file?.keywords, tags: gloss.views[0]!.tags, changes };
}
interface Hit {
  readonly name: string;
  readonly score: number;
  readonly thumbnailUrl: string;
  readonly file?: { readonly keywords?: string[]; readonly words: string[] };
}
const hitsOf = async (q: string) =>
  (
    (await service.request('GET', `/v1/search?q=${encodeURIComponent(q)}`, key)).json as unknown as {
      hits: Hit[];
    }
  ).hits;
const found = async (q: string) => (await hitsOf(q)).map(({ name }) => name).toSorted();
const inputTokens = async () =>
  ((await service.request('GET', '/v1/usage', key)).json as { total: { inputTokens: number } }).total
    .inputTokens;
const statusOf = async (url: string) => (await fetch(url)).status;

const EDITED = {
  keywords: ['Brighton'],
  tags: ['pier'],
  changes: { added: ['Brighton'], removed: ['Frisbee', 'walrus'] },
};

it('what is added is found as a keyword of a file, and what is removed is not found any more', async () => {
  await put(PIER, KEYWORDS);
  await describe(PIER, '01');
  tags = ['pier'];
  await put('twin.jpg', { keywords: ['Brighton'] });
  await describe('twin.jpg', '01');
  tags = ['pier', 'frisbee'];
  expect(calls).toBe(2);
  for (const word of ['frisbee', 'walrus', 'tag:frisbee']) expect(await found(word)).toEqual([PIER]);

  const edit = { add: [' Brighton '], remove: ['Frisbee', 'walrus'] };
  const first = await change(PIER, edit);
  expect(first).toMatchObject({ status: 202, json: { name: PIER, status: 'described' } });
  await service.indexAll();
  expect(await shown(PIER)).toMatchObject({ status: 'searchable' });
  const hits = await hitsOf('brighton');
  expect(hits.map(({ name }) => name).toSorted()).toEqual([PIER, 'twin.jpg']);
  expect(new Set(hits.map(({ score }) => score)).size).toBe(1);
  const hit = hits.find(({ name }) => name === PIER)!;
  expect(hit.file).toMatchObject({ keywords: ['Brighton'], words: ['Brighton'] });
  expect(await statusOf(hit.thumbnailUrl)).toBe(200);
  expect(await found('keyword:brighton')).toEqual([PIER, 'twin.jpg']);
  for (const word of ['frisbee', 'walrus', '+tag:frisbee']) expect(await found(word)).toEqual([]);
  expect(await found('sunset')).toEqual([PIER, 'twin.jpg']);
  expect(await wordsOf(PIER)).toEqual(EDITED);
  expect(await statusOf((await shown(PIER)).thumbnailUrl)).toBe(200);

  // Once more is done once.
  const { sequencer } = await shown(PIER);
  expect(await change(PIER, edit)).toMatchObject({ status: 202, json: { sequencer, status: 'searchable' } });
  expect((await service.drainIndexQueue()).Records).toEqual([]);
  expect(calls).toBe(2);

  const { documents } = (await service.request('GET', '/v1/export', key)).json as {
    documents: { id: string; gloss: { views: { tags: string[] }[]; file: object } }[];
  };
  const { gloss } = documents.find(({ id }) => id === PIER)!;
  expect(gloss.file).toMatchObject({ name: PIER, keywords: ['Brighton'] });
  expect(gloss.views[0]!.tags).toEqual(['pier']);
});

it('it survives a late event, another description, and an index that is made again or was lost', async () => {
  await describe(PIER, '01');
  expect(calls).toBe(0);
  expect(await wordsOf(PIER)).toEqual(EDITED);

  const gloss = { pk: { S: `acme/gloss/${idOf(PIER)}` }, sk: { S: 'gloss' } };
  await dynamo.send(new DeleteItemCommand({ TableName: process.env['IMAGES_TABLE']!, Key: gloss }));
  // Words that are lost come again, with what is changed until then.
  expect(await change(PIER, { add: ['Sussex'] })).toMatchObject({ status: 202 });
  expect((await service.request('POST', `/v1/images/${idOf(PIER)}/retry`, key)).status).toBe(202);
  tags = ['pier', 'frisbee', 'gull'];
  await service.describe(await service.drainAdmitQueue());
  await service.indexAll();
  expect(calls).toBe(1);
  const edited = {
    keywords: ['Brighton', 'Sussex'],
    tags: ['pier', 'gull'],
    changes: { added: ['Brighton', 'Sussex'], removed: ['Frisbee', 'walrus'] },
  };
  expect(await wordsOf(PIER)).toEqual(edited);

  const rebuilt = async () => {
    await service.request('POST', '/v1/tenants/acme/index/rebuild', operator);
    expect((await service.reindex(await service.drainReindexQueue())).batchItemFailures).toEqual([]);
    expect(await found('keyword:brighton')).toEqual([PIER, 'twin.jpg']);
    expect(await found('keyword:sussex gull')).toEqual([PIER]);
    expect(await found('frisbee OR walrus')).toEqual([]);
  };
  await rebuilt();
  const manifest = { pk: { S: 'acme/manifest' }, sk: { S: 'manifest' } };
  await dynamo.send(new DeleteItemCommand({ TableName: process.env['INDEX_TABLE']!, Key: manifest }));
  await rebuilt();
  expect(calls).toBe(1);

  // A record that is damaged is made again by the picture; the gloss has kept what people changed.
  await dynamo.send(
    new UpdateItemCommand({
      TableName: process.env['IMAGES_TABLE']!,
      Key: { pk: { S: 'acme/images' }, sk: { S: idOf(PIER) } },
      UpdateExpression: 'SET #record = :damaged',
      ExpressionAttributeNames: { '#record': 'record' },
      ExpressionAttributeValues: { ':damaged': { S: '{' } },
    }),
  );
  expect(await change(PIER, { add: ['x'] })).toMatchObject({
    status: 500,
    json: { code: 'unreadable_record' },
  });
  await put(PIER, KEYWORDS);
  await describe(PIER, 'F1');
  expect(await wordsOf(PIER)).toEqual(edited);
});

it('it stays with the name when its picture is replaced, also what is changed meanwhile; a deletion ends it', async () => {
  await put(PIER, { keywords: ['heron'] });
  tags = ['pier', 'frisbee'];
  meanwhile = [
    async () => {
      expect(await change(PIER, { add: ['dusk'], remove: ['heron'] })).toMatchObject({
        status: 202,
        json: { status: 'received' },
      });
    },
  ];
  await describe(PIER, 'F2');
  expect(calls).toBe(1);
  expect(await wordsOf(PIER)).toEqual({
    keywords: ['Brighton', 'Sussex', 'dusk'],
    tags: ['pier'],
    changes: { added: ['Brighton', 'Sussex', 'dusk'], removed: ['Frisbee', 'walrus', 'heron'] },
  });
  expect(await found('keyword:dusk')).toEqual([PIER]);

  // What is taken back leaves nothing behind.
  await change(PIER, { add: ['frisbee', 'heron', 'walrus'], remove: ['Brighton', 'Sussex', 'dusk'] });
  await change(PIER, { remove: ['walrus'] });
  await service.indexAll();
  expect(await wordsOf(PIER)).toEqual({
    keywords: ['heron', 'frisbee'],
    tags: ['pier', 'frisbee'],
    changes: { added: ['frisbee', 'heron'], removed: [] },
  });
  expect(await found('tag:frisbee')).toEqual([PIER]);

  expect((await service.request('DELETE', `/v1/images/${idOf(PIER)}`, key)).status).toBe(204);
  expect(await change(PIER, { add: ['dusk'] })).toMatchObject({ status: 404 });
  await put(PIER, KEYWORDS);
  await describe(PIER, 'F3');
  expect(await wordsOf(PIER)).toEqual({ ...KEYWORDS, tags: ['pier', 'frisbee'], changes: undefined });
});

it.each([
  ['after', 'race.jpg'],
  ['before', 'same.jpg'],
])('edits at once are all kept; a second worker that ends %s them takes nothing away', async (when, name) => {
  await put(name);
  tags = ['pier', 'frisbee'];
  const held = Promise.withResolvers<undefined>();
  const isAsked = Promise.withResolvers<undefined>();
  meanwhile = [
    () => {
      isAsked.resolve(undefined);
      return held.promise;
    },
  ];
  const tokens = await inputTokens();
  const late = service.describe(event(name, '01'));
  await isAsked.promise;
  expect(await change(name, { add: ['first'] })).toMatchObject({ json: { status: 'received' } });
  await service.describe(event(name, '01'));
  const endLate = async () => {
    held.resolve(undefined);
    expect((await late).batchItemFailures).toEqual([]);
  };
  if (when === 'before') await endLate();
  expect((await wordsOf(name)).keywords).toEqual(['first']);
  const words = Array.from({ length: 6 }, (_, i) => `${when}${i}`);
  const answers = await Promise.all([
    ...words.map((word) => change(name, { add: [word] })),
    change(name, { remove: ['frisbee'] }),
    changeMany({ names: [name], keywords: { add: ['many'] } }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  if (when === 'after') await endLate();
  await service.indexAll();
  const { changes, keywords, tags: shownTags } = await wordsOf(name);
  expect(changes!.added.toSorted()).toEqual([...words, 'first', 'many'].toSorted());
  expect(keywords).toEqual(changes!.added);
  expect(shownTags).toEqual(['pier']);
  for (const word of words) expect(await found(`keyword:${word}`)).toEqual([name]);
  expect(await statusOf((await shown(name)).thumbnailUrl)).toBe(200);
  expect(calls).toBe(2);
  // Of two answers to one question one is kept, and counts once (docs/adr/0143).
  expect((await inputTokens()) - tokens).toBe(100);
});

it('many are changed at once, each for itself, imported words and failed pictures among them', async () => {
  const documents = ['doc', 'full'].map((id) => ({ id, texts: ['a stoat'], tags: ['stoat'] }));
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.upload('uploads/acme/broken.jpg', Buffer.from('no picture'));
  await service.describe(event('broken.jpg', '01'));
  await service.indexAll();
  const hundred = Array.from({ length: 100 }, (_, i) => `w${i}`);
  expect(await change('full', { add: hundred })).toMatchObject({ status: 202 });
  expect(await change('full', { add: ['one more'] })).toMatchObject({
    status: 409,
    json: { code: 'too_many_keywords', detail: expect.stringContaining('at most 100') as string },
  });
  const names = ['doc', 'full', 'nobody', 'broken.jpg', 'doc'];
  const { status, json } = await changeMany({ names, keywords: { add: ['zoo'], remove: ['stoat'] } });
  expect(status).toBe(202);
  expect((json as { images: object[] }).images).toMatchObject([
    { id: idOf('doc'), status: 'described' },
    { id: idOf('full'), status: 'refused', code: 'too_many_keywords' },
    { id: idOf('nobody'), status: 'unknown' },
    { id: idOf('broken.jpg'), status: 'failed' },
    { id: idOf('doc'), status: 'described' },
  ]);
  await service.indexAll();
  expect(await found('keyword:zoo')).toEqual(['doc']);
  expect(await found('tag:stoat')).toEqual(['full']);
  // A deletion is no less one for edits that meet it.
  const last = await Promise.all([
    service.request('DELETE', `/v1/images/${idOf('full')}`, key),
    ...['w0', 'w1', 'w2'].map((word) => change('full', { remove: [word] })),
  ]);
  expect(last[0]).toMatchObject({ status: 204 });
  expect(last.slice(1).every(({ status }) => [202, 404].includes(status))).toBe(true);
  await service.indexAll();
  expect(await found('tag:stoat')).toEqual([]);
  expect(await change('full', { add: ['w0'] })).toMatchObject({ status: 404 });
  // What people import takes the place of all words.
  await service.request('POST', '/v1/documents', key, { documents: documents.slice(0, 1) });
  await service.indexAll();
  expect((await shown('doc')).changes).toBeUndefined();
  expect(await found('tag:stoat')).toEqual(['doc']);

  await put('broken.jpg');
  await describe('broken.jpg', '02');
  expect(await found('keyword:zoo')).toEqual(['broken.jpg']);
});

it.each([
  [{}, 'keywords'],
  [{ add: [], remove: [] }, 'keywords'],
  [{ add: ['a'], remove: ['A'] }, 'keywords.remove[0]'],
  [{ add: ['x'.repeat(201)] }, 'keywords.add[0]'],
  [{ add: ['fine', 'two\nlines'] }, 'keywords.add[1]'],
  [{ add: ['turned \u202Earound'] }, 'keywords.add[0]'],
  [{ add: ['a\u0000b'] }, 'keywords.add[0]'],
  [{ add: ['...'] }, 'keywords.add[0]'],
  [{ add: ['half \ud800'] }, 'keywords.add[0]'],
  [{ remove: [' '] }, 'keywords.remove[0]'],
  [{ add: Array.from({ length: 101 }, (_, i) => `w${i}`) }, 'keywords.add'],
  [['a'], 'keywords'],
])('%j is refused, and the problem names %s', async (keywords, field) => {
  const before = await shown('twin.jpg');
  for (const { status, json } of [
    await change('twin.jpg', keywords),
    await changeMany({ names: ['twin.jpg'], keywords }),
  ]) {
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'field', field });
  }
  expect((await shown('twin.jpg')).sequencer).toBe(before.sequencer);
});

it('is for keys that may add, and reaches no picture of another tenant', async () => {
  const reader = await service.keys.create(acme, ['search', 'delete', 'admin']);
  const stranger = await service.keys.create(parseTenantId('stranger'));
  const keywords = { add: ['mine'] };
  const refused = { status: 403, json: { code: 'scope_missing' } };
  expect(await change('twin.jpg', keywords, reader)).toMatchObject(refused);
  expect(await changeMany({ names: ['twin.jpg'], keywords }, reader)).toMatchObject(refused);
  expect(await change('twin.jpg', keywords, stranger)).toMatchObject({ status: 404 });
  expect((await changeMany({ ids: [idOf('twin.jpg')], keywords }, stranger)).json).toEqual({
    images: [{ id: idOf('twin.jpg'), status: 'unknown' }],
  });
  const uploader = await service.keys.create(acme, ['upload']);
  expect((await change('twin.jpg', { add: ['👩‍🌾', 'नमस्ते'] }, uploader)).status).toBe(202);
  await service.indexAll();
  expect(await found('keyword:नमस्ते')).toEqual(['twin.jpg']);
  // Each function had the rights that it needs; whether an object is there, it may not always be told.
  expect(service.refusals.filter((refusal) => !refusal.includes('s3:ListBucket'))).toEqual([]);
});
