import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { startService } from '../../support/service.ts';

/** Words that are offered while somebody types, and corrections: of a tenant that has many words with the same beginning. */

const MANY = 300;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Words that begin like the one that is looked for, each in more pictures. */
const CROWD = Array.from({ length: MANY }, (_, i) => `br${LETTERS[i % 26]}${LETTERS[Math.floor(i / 26)]}zt`);

let service: Awaited<ReturnType<typeof startService>>;
let key: string;
const ask = async (path: string) => {
  const { status, json } = await service.request('GET', path, key);
  expect(status).toBe(200);
  return json;
};

beforeAll(async () => {
  service = await startService();
  const limits = { requestsPerSec: 1_000, burst: 10_000 };
  key = await service.keys.create(parseTenantId('suggested'), undefined, { language: 'en', limits });
  const documents = [
    {
      id: 'table',
      captions: ['The thin cat that is with them on the table, and this is theirs. A theatre.'],
    },
    { id: 'broccoli', captions: ['Broccoli.'] },
    { id: 'crowd', captions: [CROWD.join(' ')] },
    { id: 'crowd-too', captions: [CROWD.join(' ')] },
  ];
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.indexAll();
});
afterAll(() => service.close());

it('words of closed classes are not offered', async () => {
  const { words } = (await ask('/v1/words?prefix=th')) as { words: { word: string }[] };
  expect(words.map(({ word }) => word).toSorted()).toEqual(['theatre', 'thin']);
});

it('a correction is found among hundreds of words with its beginning', async () => {
  for (const typed of ['brocolli', 'brocoli', 'borccoli']) {
    const { hits, didYouMean = [] } = (await ask(`/v1/search?q=${typed}`)) as {
      hits: unknown[];
      didYouMean?: { words: { word: string }[] }[];
    };
    expect(hits).toEqual([]);
    expect(didYouMean.flatMap(({ words }) => words.map(({ word }) => word))).toContain('broccoli');
  }
});

it('of a word of three letters is told what it would be with neighbours swapped, and nothing else', async () => {
  const meantBy = async (typed: string) => {
    const { didYouMean = [] } = (await ask(`/v1/search?q=${typed}`)) as {
      didYouMean?: { words: { word: string }[] }[];
    };
    return didYouMean.flatMap(({ words }) => words.map(({ word }) => word));
  };
  expect([await meantBy('cta'), await meantBy('act')]).toEqual([['cat'], []]);
  expect([await meantBy('cxt'), await meantBy('ca')]).toEqual([[], []]);
});
