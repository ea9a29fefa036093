import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { LANGUAGES, type Language } from '../../../lib/domain/language.ts';
import { openMemorySearch, type AskSearch } from '../../support/memory-search.ts';
import { randomOf } from '../../support/random.ts';
import { startService } from '../../support/service.ts';
import { DOCUMENTS, typedQuery } from './typed-queries.ts';

/**
 * Whatever is typed gets an answer, or a refusal that names its place; and where no word that says something can be in a picture, the answer
 * is empty. A few are asked of the whole service. Where they are many (GLOSS_TYPED=100000), they are asked of the same route over an index in
 * memory, which takes a third of the time.
 */

const COUNT = Number(process.env['GLOSS_TYPED'] ?? 80);
const SEED = Number(process.env['GLOSS_TYPED_SEED'] ?? 20_261_129);

const MANY = 1_000;
const PICTURES = DOCUMENTS.map((caption, i) => ({ id: `picture-${i}`, captions: [caption] }));

let close: (() => Promise<void>) | undefined;
const asks = new Map<Language, AskSearch>();
beforeAll(async () => {
  if (COUNT > MANY) {
    for (const language of LANGUAGES) asks.set(language, await openMemorySearch(language, PICTURES));
    return;
  }
  const service = await startService();
  close = () => service.close();
  const limits = { requestsPerSec: 100_000, burst: 1_000_000 };
  for (const language of LANGUAGES) {
    const key = await service.keys.create(parseTenantId(`typed-${language}`), undefined, {
      language,
      limits,
    });
    asks.set(language, (path) => service.request('GET', path, key));
    const documents = { documents: PICTURES };
    expect((await service.request('POST', '/v1/documents', key, documents)).status).toBe(202);
    await service.indexAll();
  }
});
afterAll(() => close?.());

interface Answer {
  readonly field?: string;
  readonly at?: number;
  readonly length?: number;
  readonly hits?: readonly { readonly name: string }[];
}

it(`${COUNT} queries that somebody may type are answered, or refused with their place`, async () => {
  let answered = 0;
  let empty = 0;
  for (let i = 0; i < COUNT; i += 1) {
    const { text, findsNothing } = typedQuery(randomOf(SEED + i));
    const language = LANGUAGES[i % LANGUAGES.length]!;
    const path = `/v1/search?q=${encodeURIComponent(text)}`;
    const ask = asks.get(language)!;
    const { status, json } = await ask(path);
    const { field, at = -1, length = -1, hits } = json as Answer;
    const told = `${language}, seed ${SEED + i}: ${JSON.stringify(text)}`;
    // By date the same pictures are found, and the same is refused.
    const order = i % 2 === 0 ? 'newest' : 'oldest';
    const byDate = await ask(`${path}&sort=${order}`);
    const answerByDate = byDate.json as Answer;
    expect([byDate.status, answerByDate.at, answerByDate.length], told).toEqual([
      status,
      ...(status === 200 ? [undefined, undefined] : [at, length]),
    ]);
    const namesOf = (of: Answer['hits'] = []) => of.map(({ name }) => name).toSorted();
    expect(namesOf(answerByDate.hits), told).toEqual(namesOf(hits));
    if (status !== 200) {
      expect([status, field], told).toEqual([400, 'q']);
      expect(at, told).toBeGreaterThanOrEqual(0);
      expect(at + length, told).toBeLessThanOrEqual(text.length);
      continue;
    }
    answered += 1;
    if (!findsNothing) continue;
    empty += 1;
    expect(
      hits!.map(({ name }) => name),
      told,
    ).toEqual([]);
  }
  expect(empty).toBeGreaterThan(COUNT / 8);
  expect(answered).toBeGreaterThan(COUNT / 2);
});
