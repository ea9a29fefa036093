import { expect, it } from 'vitest';
import { estimate, type Wish } from '../../../lib/cost/estimate.ts';
import { peersOf, vectorQueriesUsd } from '../../../lib/cost/peers.ts';
import { reckonUse } from '../../../lib/cost/reckon-use.ts';
import { tokensOf } from '../../../lib/cost/tokens.ts';
import { usdOf } from '../../../lib/domain/prices.ts';

const WISH: Wish = {
  images: 1_000_000,
  searches: 1_000_000,
  modelId: 'us.amazon.nova-2-lite-v1:0',
  cropPolicy: 'grid-2x2',
  asks: 1,
  tokens: [
    { inputTokens: 500, outputTokens: 100 },
    { inputTokens: 400, outputTokens: 200 },
  ],
  megabytes: 2,
  shown: 10,
};
const usdBy = (lines: ReturnType<typeof estimate>['once']) =>
  Object.fromEntries(lines.map(({ what, usd }) => [what, Math.round(usd * 100) / 100]));

/** Each worked out by hand, from the prices and the counts. */
it('a million photos and a million searches', () => {
  const found = estimate(WISH);
  expect(found.callsAPhoto).toBe(5);
  expect(usdBy(found.once)).toEqual({
    // 5 million calls: 2,500 million tokens at 0.33, 500 million at 2.75.
    model: 2_200,
    // Read 3.2 + 6 + 3.5 + 0.48 = 13.18 units at 0.125, written 2.4 + 13 + 1.4 + 2.76 = 19.56 at 0.625.
    tables: 13.87,
    // 3 reads at 0.4 a million, 1 + 6 writes at 5.
    objects: 36.2,
    // 0.025 + 2.5 + 4.40625 + 0.1 + 0.029375 = 7.060625 GB-seconds, and 2.2 invocations at 0.2.
    functions: 94.58,
    // 6.6 requests at 0.5, and 5 GB of logs at 0.5.
    rest: 5.8,
  });
  expect(found.usdAThousandPhotos).toBeCloseTo(found.onceUsd / 1_000, 9);
  expect(usdBy(found.monthly.slice(0, 2))).toEqual({
    // 2,000,000 + 41,800 + 4 * 35,800 bytes each: 2,185 GB at 0.023.
    objects: 50.26,
    // 3,260 bytes each: 3.26 GB at 0.25.
    tables: 0.82,
  });
  expect(usdBy(found.monthly.slice(2))).toEqual({
    // 74.3 million read units at 0.125, 0.07 million written, 1 + 0.2 for requests, 150,000 GB-seconds, 1.5 GB of logs.
    api: 13.28,
    // 10 million reads at 0.4 a million, 418 GB at 0.09.
    shown: 41.62,
  });
});

it('a second ask is one call more, and a photo seen whole one call', () => {
  const [twice] = estimate({ ...WISH, asks: 2 }).once;
  expect(twice!.amounts).toEqual({ calls: 6e6, inputTokens: 2.9e9, outputTokens: 0.7e9 });
  const whole = estimate({ ...WISH, cropPolicy: 'none', shown: 0 });
  expect(whole.once[0]!.amounts['calls']).toBe(1e6);
  expect(whole.monthly.at(-1)!.usd).toBe(0);
});

it('nothing costs nothing, but for what others take at least', () => {
  const none = estimate({ ...WISH, images: 0, searches: 0 });
  expect([none.onceUsd, none.usdAThousandPhotos, none.monthlyUsd]).toEqual([0, 0, 0]);
  expect(peersOf(0, 0).map(({ onceUsd, monthlyUsd }) => [onceUsd, monthlyUsd])).toEqual([
    [0, 0],
    [0, 0],
    [0, 50],
    [0, 350.4],
  ]);
});

it('tokens of a call: 230 for a picture of Nova 2, 1,049 of Claude; 691 and 448 characters beside it', () => {
  expect(tokensOf('us.amazon.nova-2-lite-v1:0')?.[0]).toEqual({ inputTokens: 230 + 285, outputTokens: 130 });
  expect(tokensOf('anthropic.claude-haiku-4-5-20251001-v1:0')![0]!.inputTokens).toBe(1_049 + 285);
  expect(tokensOf('embedded-detector')).toBeUndefined();
});

/** "Pricing example 1" of https://aws.amazon.com/s3/pricing/, S3 Vectors, in its KB, GB and TB of 1,024. */
it('queries of S3 Vectors cost what AWS reckons in its example', () => {
  const bytes = 5.17 * 1_024 * (1e12 / 1_024 ** 4);
  expect(vectorQueriesUsd(1e6, 250_000, bytes)).toBeCloseTo(5.87, 2);
  expect(usdOf('vectorGbMonths', 59)).toBeCloseTo(3.54, 9);
  expect(usdOf('vectorPutGb', 59 / 6)).toBeCloseTo(1.97, 2);
});

it('others, for a million photos and as many searches', () => {
  const usd = peersOf(1e6, 1e6).map(({ name, onceUsd, monthlyUsd }) => [
    name,
    onceUsd,
    Math.round(monthlyUsd),
  ]);
  expect(usd).toEqual([
    ['Rekognition DetectLabels', 1_000, 0],
    // 60 for embeddings, 4.128 GB at 0.20; a month 4 for queries' embeddings, 0.25 kept, 2.50, 1.65 and 7.43 for queries.
    ['S3 Vectors, Titan embeddings', 60 + 0.8256, 16],
    // 4, 1.36 kept, and 4.128 units a query at 16 a million.
    ['Pinecone Standard, Titan embeddings', 60, 71],
    ['OpenSearch Serverless Classic', 0, 350],
  ]);
  expect(peersOf(2e6, 0)[0]!.onceUsd).toBe(1_800);
});

it('what photos were to cost is the model and DynamoDB alone', () => {
  const wish = { images: 1_000, modelId: 'amazon.nova-2-lite-v1:0', cropPolicy: 'none', asks: 2 } as const;
  // 515 and 488 tokens in at 0.3 a million, 130 and 250 out at 2.5: 1.2509 dollars. 14.18 units read, and 15.81 written.
  expect(reckonUse(wish)!.model).toBeCloseTo(1.2509, 9);
  expect(reckonUse(wish)!.store).toBeCloseTo(0.014_18 * 0.125 + 0.015_81 * 0.625, 9);
  expect(reckonUse({ ...wish, modelId: 'embedded-detector' })).toBeUndefined();
});
