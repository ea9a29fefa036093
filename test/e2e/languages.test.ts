import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { Language } from '../../lib/domain/language.ts';
import { startService } from '../support/service.ts';

/** Tenants whose pictures are described and searched in another language than English. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
});
afterAll(() => service.close());

interface Found {
  readonly total: number;
  readonly hits: readonly { readonly name: string; readonly views: readonly View[] }[];
  readonly related?: { readonly words: readonly { readonly word: string }[] };
  readonly didYouMean?: readonly { readonly words: readonly { readonly word: string }[] }[];
}
interface View {
  readonly caption: string;
  readonly highlights: readonly { readonly field: string; readonly start: number; readonly end: number }[];
}
type Documents = readonly { readonly id: string; readonly texts: readonly string[] }[];

async function tenantWith(name: string, language: Language, documents: Documents): Promise<string> {
  const key = await service.keys.create(parseTenantId(name), undefined, { language });
  await importing(key, documents);
  return key;
}
async function importing(key: string, documents: readonly object[]): Promise<void> {
  expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
  await service.index(await service.drainIndexQueue());
}
async function ask(key: string, query: string, options = ''): Promise<Found> {
  const path = `/v1/search?q=${encodeURIComponent(query)}${options}`;
  const { status, json } = await service.request('GET', path, key);
  expect(status).toBe(200);
  return json;
}
const names = async (key: string, query: string) =>
  (await ask(key, query)).hits.map(({ name }) => name).toSorted();
async function complete(key: string, prefix: string): Promise<string[]> {
  const { json } = await service.request('GET', `/v1/words?prefix=${encodeURIComponent(prefix)}`, key);
  return (json as { words: { word: string }[] }).words.map(({ word }) => word);
}
/** The words that an answer marks in its captions. */
const marked = ({ hits }: Found) =>
  hits.flatMap(({ views }) =>
    views.flatMap(({ caption, highlights }) =>
      highlights
        .filter(({ field }) => field === 'caption')
        .map(({ start, end }) => caption.slice(start, end)),
    ),
  );

const GERMAN: Documents = [
  { id: 'huts', texts: ['zwei rote Häuser an der Straße'] },
  { id: 'tower', texts: ['ein Haus neben dem Turm, davor ein Fahrrad'] },
  { id: 'boats', texts: ['die Boote liegen im Hafen'] },
  ...Array.from({ length: 12 }, (_, i) => ({ id: `wood-${i}`, texts: ['ein Weg durch den Wald'] })),
];

describe('a German tenant', () => {
  let key: string;
  beforeAll(async () => {
    key = await tenantWith('de-photos', 'de', GERMAN);
  });

  it('finds inflected words, whichever form is asked for', async () => {
    for (const form of ['Haus', 'Häuser', 'hauses', 'HÄUSERN'])
      expect(await names(key, form)).toEqual(['huts', 'tower']);
    expect(await names(key, '+rotes +haus')).toEqual(['huts']);
    expect(await names(key, 'Strasse')).toEqual(['huts']);
    expect(await names(key, '"rotes Haus"')).toEqual(['huts']); // "rote Häuser"
    expect(await names(key, 'Boot AND Häfen')).toEqual(['boats']);
  });

  it('marks the word as it is written, completes it and says what was meant', async () => {
    expect(marked(await ask(key, 'haus')).toSorted()).toEqual(['Haus', 'Häuser']);
    expect(await complete(key, 'häuse')).toEqual(['häuser']); // though the index knows its stem alone
    expect(await complete(key, 'fahr')).toEqual(['fahrrad']);
    const { didYouMean = [] } = await ask(key, 'Hafne');
    expect(didYouMean.flatMap(({ words }) => words.map(({ word }) => word))).toContain('hafen');
  });

  it('relates words that tell something', async () => {
    const { related } = await ask(key, 'haus', '&related=true');
    const words = related!.words.map(({ word }) => word);
    expect(words).toContain('straße');
    for (const little of ['an', 'der', 'ein', 'dem', 'neben', 'davor']) expect(words).not.toContain(little);
  });

  it('is widened by no English lexicon', async () => {
    const english = await tenantWith('en-photos', 'en', [{ id: 'a', texts: ['a woman'] }]);
    expect(await names(english, 'person')).toEqual(['a']);
    await importing(key, [{ id: 'woman', texts: ['a woman'] }]);
    expect(await names(key, 'person')).toEqual([]);
  });

  it('is exported and imported into another German tenant with the same answers', async () => {
    const { json } = await service.request('GET', '/v1/export', key);
    const copy = await service.keys.create(parseTenantId('de-copy'), undefined, { language: 'de' });
    await importing(copy, (json as { documents: object[] }).documents);
    for (const query of ['häusern', 'boot', '"rotes Haus"'])
      expect(await names(copy, query)).toEqual(await names(key, query));
  });
});

describe('a Japanese tenant', () => {
  it('finds words in texts without spaces', async () => {
    const key = await tenantWith('ja-photos', 'ja', [
      { id: 'park', texts: ['公園に桜が咲いている。犬が遊んでいる'] },
      { id: 'train', texts: ['赤い電車が駅に止まっている'] },
    ]);
    expect(await names(key, '桜')).toEqual(['park']);
    expect(await names(key, '電車')).toEqual(['train']);
    expect(await names(key, '+赤い +電車')).toEqual(['train']);
    expect(await names(key, '赤い電車')).toEqual(['train']);
    expect(await names(key, '"犬が"')).toEqual(['park']);
    expect(await names(key, '猫')).toEqual([]);
    expect(marked(await ask(key, '駅'))).toEqual(['駅']);
    expect(await complete(key, '電')).toEqual(['電車']);
  });
});

describe('changing the language', () => {
  const change = (tenant: string, language: string) =>
    service.request('PATCH', `/v1/tenants/${tenant}`, operator, { settings: { language } });

  it('is for tenants without images: what is indexed in one language is not found in another', async () => {
    const key = await service.keys.create(parseTenantId('changing'));
    expect(await change('changing', 'de')).toMatchObject({
      status: 200,
      json: { settings: { language: 'de' } },
    });
    await importing(key, [{ id: 'a', texts: ['rote Häuser'] }]);
    expect(await names(key, 'haus')).toEqual(['a']);
    expect(await change('changing', 'fr')).toMatchObject({
      status: 409,
      json: {
        code: 'language_in_use',
        field: 'settings.language',
        detail: expect.stringContaining('German') as string,
      },
    });
    expect((await change('changing', 'de')).status).toBe(200); // as it is
    const [{ id }] = ((await service.request('GET', '/v1/images', key)).json as { images: [{ id: string }] })
      .images;
    await service.request('DELETE', `/v1/images/${id}`, key);
    expect((await change('changing', 'fr')).status).toBe(200);
    await importing(key, [{ id: 'a', texts: ['des chevaux'] }]);
    expect(await names(key, 'cheval')).toEqual(['a']);
  });

  it('names the field of a language that is none', async () => {
    expect(await change('changing', 'xx')).toMatchObject({
      status: 400,
      json: { field: 'settings.language' },
    });
  });
});
