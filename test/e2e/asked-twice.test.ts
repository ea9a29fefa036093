import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseConverseRequest, toConverseResponse } from '../../infra/local/bedrock/converse-protocol.ts';
import { serveHttp1AndHttp2, type RunningServer } from '../../infra/local/bedrock/dual-http-server.ts';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { promptsIn } from '../../lib/vision/prompt.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** A model that answers each ask in words of its own, behind the real handlers; either ask fails when told to. */

const tenant = parseTenantId('asks');
const PROMPTS = promptsIn('en', 2).map(({ text }) => text);
const ANSWERS = [
  { tags: ['cat'], caption: 'A cat on a rug.', visibleText: 'TOM' },
  { tags: ['tabby', 'rug'], caption: 'Green eyes, whiskers and a rug: a tabby cat that rests.' },
];
const COST = { inputTokens: 100, outputTokens: 10 };

let service: Awaited<ReturnType<typeof startService>>;
let bedrock: RunningServer;
let key: string;
let operator: string;
/** Which ask each call was, from 0; and which asks fail. */
let asked: number[];
let fails: (ask: number) => boolean;
beforeAll(async () => {
  bedrock = await serveHttp1AndHttp2(0, (request, response) => {
    void text(request as unknown as Readable).then((body) => {
      const { messages, tool } = parseConverseRequest(body);
      const prompt = messages[0]!.content.flatMap((block) => ('text' in block ? [block.text] : [])).join('');
      const ask = PROMPTS.indexOf(prompt);
      asked.push(ask);
      response.setHeader('content-type', 'application/json');
      if (fails(ask)) {
        response.statusCode = 400;
        response.setHeader('x-amzn-errortype', 'ValidationException');
        response.end('{}');
        return;
      }
      const toolInput = ANSWERS[ask]!;
      response.end(JSON.stringify(toConverseResponse({ toolInput, usage: COST }, tool!.name, 'use', 1)));
    });
  });
  service = await startService({ environment: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint } });
  key = await service.keys.create(tenant, undefined, { cropPolicy: 'none', asks: 2 });
  operator = await service.keys.createOperator();
});
afterAll(async () => {
  await service.close();
  await bedrock.close();
});
beforeEach(() => {
  asked = [];
  fails = () => false;
});

const change = (settings: object) =>
  service.request('PATCH', `/v1/tenants/${tenant}`, operator, { settings });
const upload = async (name: string) =>
  service.upload(`uploads/${tenant}/${name}`, await fixture('samples/chelsea.jpg'));
const describeOnce = (name: string, receives = 1) =>
  service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, '01', receives));
interface Shown {
  readonly status: string;
  readonly figures: object;
  readonly gloss: { readonly promptVersion: string; readonly views: readonly object[] };
}
const shown = async (name: string, by = key) =>
  (await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, by)).json as Shown;
const usageTotal = async () =>
  ((await service.request('GET', '/v1/usage', key)).json as { readonly total: Record<string, number> }).total;
const answersOf = ({ gloss }: Shown) =>
  (gloss.views as { index: number; ask?: number; caption: string }[]).map(({ index, ask, caption }) => [
    index,
    ask,
    caption,
  ]);
const BOTH = ANSWERS.map(({ caption }, i) => [0, i === 0 ? undefined : 2, caption]);

interface Hits {
  readonly hits: readonly {
    readonly views: readonly {
      index: number;
      ask?: number;
      caption: string;
      words: string[];
      cropUrl?: string;
    }[];
    readonly explanation: {
      readonly terms: readonly { readonly term: string; readonly agreed?: number; readonly idf: number }[];
    };
  }[];
}
const search = async (q: string, by = key) =>
  (await service.request('GET', `/v1/search?q=${encodeURIComponent(q)}&explain=true`, by)).json as Hits;

it('asks about the whole picture in two ways, keeps and counts both answers', async () => {
  await upload('cat.jpg');
  await describeOnce('cat.jpg');
  expect(asked.toSorted()).toEqual([0, 1]);
  const image = await shown('cat.jpg');
  expect(image.gloss.promptVersion).toBe('3+parts-1');
  expect(answersOf(image)).toEqual(BOTH);
  expect(image.figures).toMatchObject({ views: 2, inputTokens: 200, outputTokens: 20 });
  expect(await usageTotal()).toMatchObject({ images: 1, views: 2, inputTokens: 200, outputTokens: 20 });
  expect((await service.sizesUnder(`thumbnails/${tenant}/`)).size).toBe(1);
});

it('shows the picture once in a hit, with the words of both, and counts who agrees', async () => {
  await service.indexAll();
  const { hits } = await search('a tabby that rests with toms');
  expect(hits).toHaveLength(1);
  expect(hits[0]!.views.map(({ index, ask, caption }) => [index, ask, caption])).toEqual([
    [0, 2, ANSWERS[1]!.caption],
  ]);
  expect(hits[0]!.views[0]!.words.toSorted()).toEqual(['TOM', 'rests', 'tabby']);
  const [cat, tabby] = await Promise.all(
    ['cat', 'tabby'].map(async (word) => {
      const { terms } = (await search(word)).hits[0]!.explanation;
      return terms.find(({ term }) => term.startsWith(word.slice(0, 3)))!;
    }),
  );
  expect(cat!.agreed! / cat!.idf).toBeCloseTo(1, 10); // both
  expect(tabby!.agreed! / tabby!.idf).toBeCloseTo(0.5, 10); // one of two
});

it('does not pay for the first answer again when the second ask failed, nor for either when the setting changes', async () => {
  const before = await usageTotal();
  await upload('again.jpg');
  fails = (ask) => ask === 1;
  expect((await describeOnce('again.jpg')).batchItemFailures).toHaveLength(1);
  fails = () => false;
  expect((await describeOnce('again.jpg', 2)).batchItemFailures).toEqual([]);
  expect(asked.toSorted()).toEqual([0, 1, 1]);
  expect(answersOf(await shown('again.jpg'))).toEqual(BOTH);
  expect((await usageTotal())['views']).toBe(before['views']! + 2);

  await upload('changed.jpg');
  await change({ asks: 1 });
  fails = () => true;
  await describeOnce('changed.jpg');
  expect(asked.slice(3)).toEqual([0]);
  await change({ asks: 2 });
  fails = (ask) => ask === 1;
  await describeOnce('changed.jpg', 2);
  fails = () => false;
  await change({ asks: 1 });
  await describeOnce('changed.jpg', 3);
  expect(asked.slice(3).toSorted()).toEqual([0, 0, 1]);
  expect(await shown('changed.jpg')).toMatchObject({ gloss: { promptVersion: '3', views: [{ index: 0 }] } });
  await change({ asks: 2 });
});

it('is content with the first answer at the last attempt', async () => {
  await upload('refused.jpg');
  fails = (ask) => ask === 1;
  await describeOnce('refused.jpg', 5);
  const image = await shown('refused.jpg');
  expect(image).toMatchObject({ status: 'described', gloss: { promptVersion: '3' } });
  expect(answersOf(image)).toEqual(BOTH.slice(0, 1));
});

it('asks about crops once', async () => {
  await change({ cropPolicy: 'grid-2x2' });
  await upload('crops.jpg');
  await describeOnce('crops.jpg');
  await change({ cropPolicy: 'none' });
  expect(asked.toSorted()).toEqual([0, 0, 0, 0, 0, 1]);
  const views = answersOf(await shown('crops.jpg'));
  expect(views.map(([index, ask]) => [index, ask])).toEqual([
    ...[0, 1, 2, 3, 4].map((index) => [index, undefined]),
    [0, 2],
  ]);
});

it('leaves pictures of before as they are, as a new crop policy does', async () => {
  await change({ asks: 1 });
  await describeOnce('cat.jpg');
  expect(answersOf(await shown('cat.jpg'))).toEqual(BOTH);
  await change({ asks: 2 });
});

it('goes the round of an export and an import', async () => {
  const { documents } = (await service.request('GET', '/v1/export', key)).json as {
    readonly documents: readonly { readonly id: string }[];
  };
  const cat = documents.filter(({ id }) => id === 'cat.jpg');
  const copy = await service.keys.create(parseTenantId('copy'));
  await service.request('POST', '/v1/documents', copy, { documents: cat });
  await service.indexAll();
  const { documents: again } = (await service.request('GET', '/v1/export', copy)).json as {
    documents: object[];
  };
  expect(again).toEqual(cat);
  expect(cat[0]).toMatchObject({ gloss: { views: [{ index: 0 }, { index: 0, ask: 2 }] } });
  const views = async (by: string) =>
    (await search('tabby cat', by)).hits[0]!.views.map(({ index, ask, words }) => ({ index, ask, words }));
  expect(await views(copy)).toEqual(await views(key));
});

it('is asked for once or twice, no more', async () => {
  for (const asks of [0, 3, 1.5, '2'])
    expect(await change({ asks })).toMatchObject({ status: 400, json: { field: 'settings.asks' } });
  const made = { tenant: 'once', settings: {} };
  expect((await service.request('POST', '/v1/tenants', operator, made)).json).not.toHaveProperty(
    'settings.asks',
  );
});
