import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { randomOf } from '../support/random.ts';
import { startService } from '../support/service.ts';

/** Answers by date: every match once, in one order, over pages of any size. */

const tenant = parseTenantId('dated');
let service: Awaited<ReturnType<typeof startService>>;
let key: string;

interface Hit {
  readonly id: string;
  readonly name: string;
  readonly date?: string;
  readonly hasAll?: boolean;
  readonly score: number;
}
interface Page {
  readonly hits: readonly Hit[];
  readonly cursor?: string;
  readonly total: number;
  readonly totalIs: string;
  readonly withAll?: object;
}

/** A picture of the test; its date as its file says it, if it does. */
interface Picture {
  readonly id: string;
  readonly caption: string;
  readonly date: string | undefined;
}

const two = (number: number) => String(number).padStart(2, '0');
const random = randomOf(11);
const draw = (count: number) => random.below(count);
/** Few of a time, so that each is sorted; some at one moment. */
const scattered = Array.from({ length: 160 }, (_, i) => {
  const day = `${1998 + draw(12)}-${two(1 + draw(12))}-${two(1 + draw(28))}`;
  if (i % 10 === 0) return '2010-10-10T10:10:10';
  return i % 3 === 0 ? day : `${day}T${two(draw(24))}:${two(draw(60))}:${two(draw(60))}`;
});
/** More than are sorted: of one hour, of one day without a time, without a date. */
const ofOneHour = Array.from({ length: 250 }, () => `2004-05-17T10:${two(draw(60))}:00`);
const besideThatHour = ['2004-05-17', '2004-05-17T09:59:59', '2004-05-17T11:00:00'];
const ofOneDay = Array.from({ length: 240 }, () => '2007-03-01');
const besideThatDay = ['2007-02-28T23:59:59', '2007-03-01T00:00:00', '2007-03-01T12:00:00', '2007-03-02'];
const undated = Array.from({ length: 230 }, () => undefined);

const dates = [...scattered, ...ofOneHour, ...besideThatHour, ...ofOneDay, ...besideThatDay, ...undated];
const pictures = dates
  .map((date, i): Picture => {
    const caption = ['A red heron.', 'A boat and a heron, red.', 'A red boat.', 'A heron.'][i % 4]!;
    return { id: `p${i}`, caption, date };
  })
  .map((picture) => ({ picture, at: random.fraction() }))
  .toSorted((a, b) => a.at - b.at)
  .map(({ picture }) => picture);

const fileOf = (date: string | undefined) =>
  date === undefined ? {} : { file: date.includes('T') ? { takenAt: date } : { storedOn: date } };
const origin = { model: 'm', promptVersion: '1', cropPolicy: 'none' };
const documents = pictures.map(({ id, caption, date }) => ({
  id,
  gloss: {
    ...origin,
    views: [{ index: 0, kind: 'text', tags: [], caption, visibleText: '' }],
    ...fileOf(date),
  },
}));

beforeAll(async () => {
  service = await startService();
  key = await service.keys.create(tenant, undefined, { limits: { requestsPerSec: 1000, burst: 100_000 } });
  for (let from = 0; from < documents.length; from += 60) {
    const body = { documents: documents.slice(from, from + 60) };
    expect((await service.request('POST', '/v1/documents', key, body)).status).toBe(202);
    // Several segments, in each of which all times are.
    if ((from / 60) % 3 === 0) await service.indexAll();
  }
  await service.indexAll();
});
afterAll(() => service.close());

const ask = async (query: string, parameters: string) => {
  const { status, json } = await service.request(
    'GET',
    `/v1/search?q=${encodeURIComponent(query)}${parameters}`,
    key,
  );
  return { status, page: json as unknown as Page };
};
async function walk(query: string, parameters: string, limits: readonly number[]): Promise<Page[]> {
  const pages: Page[] = [];
  let at = '';
  for (let i = 0; i === 0 || at !== ''; i += 1) {
    const limit = limits[i % limits.length]!;
    const { status, page } = await ask(query, `${parameters}&limit=${limit}${at}`);
    expect(status).toBe(200);
    expect(page.hits.length).toBeLessThanOrEqual(limit);
    pages.push(page);
    at = page.cursor === undefined ? '' : `&cursor=${encodeURIComponent(page.cursor)}`;
  }
  return pages;
}

const hasRed = ({ caption }: Picture) => /red/iu.test(caption);
const hasHeron = ({ caption }: Picture) => /heron/iu.test(caption);
const hasBoat = ({ caption }: Picture) => /boat/iu.test(caption);

const imageIds = new Map(pictures.map(({ id }) => [id, imageIdOf(tenant, id)]));
const LARGE = new Map([
  [ofOneHour, '2004-05-17T10'],
  [ofOneDay, '2007-03-01'],
]);
/** What the order says of a picture; those of which it says the same are of a large group. */
function orderKey({ id, date }: Picture): string {
  if (date === undefined) return 'none';
  const large = Array.from(LARGE).find(([those, period]) =>
    those === ofOneDay ? date === period : date.startsWith(period),
  );
  return large ? large[1] : `${date} ${imageIds.get(id)}`;
}

function expectOrder(names: readonly string[], matching: readonly Picture[], order: 'newest' | 'oldest') {
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));
  expect(names.toSorted()).toEqual(matching.map(({ id }) => id).toSorted());
  const dateOf = (picture: Picture) => orderKey(picture).split(' ')[0]!;
  const sorted = matching.toSorted((a, b) => {
    const [one, other] = [dateOf(a), dateOf(b)];
    if (one !== other) {
      if (one === 'none' || other === 'none') return one === 'none' ? 1 : -1;
      return (one < other ? -1 : 1) * (order === 'newest' ? -1 : 1);
    }
    return orderKey(a) < orderKey(b) ? -1 : Number(orderKey(a) > orderKey(b));
  });
  expect(names.map((name) => orderKey(byId.get(name)!))).toEqual(sorted.map(orderKey));
}

describe.each(['newest', 'oldest'] as const)('sorted by date, %s first', (order) => {
  it.each([
    ['heron', hasHeron],
    ['+heron +red', (one: Picture) => hasHeron(one) && hasRed(one)],
    ['heron -boat', (one: Picture) => hasHeron(one) && !hasBoat(one)],
    ['heron after:2003 before:2008', (one: Picture) => hasHeron(one) && /^200[4-7]/.test(one.date ?? '')],
    ['date:2004-05-17', ({ date = '' }: Picture) => date.startsWith('2004-05-17')],
    ['"red heron"', ({ caption }: Picture) => caption === 'A red heron.'],
    ['caption:boat', hasBoat],
    ['unicorn', () => false],
  ])('%s has every match once, in order', async (query, matches) => {
    const matching = pictures.filter(matches);
    let first: readonly string[] | undefined;
    for (const limits of [[100], [43], [7, 100, 1]]) {
      const pages = await walk(query, `&sort=${order}`, limits);
      const names = pages.flatMap(({ hits }) => hits.map(({ name }) => name));
      expectOrder(names, matching, order);
      expect(names).toEqual((first ??= names));
      expect(pages.at(-1)).toMatchObject({ total: matching.length, totalIs: 'exact' });
    }
  });

  it('has those with all words first, and says so', async () => {
    const hits = (await walk('red boat', `&sort=${order}`, [40])).flatMap((page) => page.hits);
    const withAll = pictures.filter((one) => hasRed(one) && hasBoat(one));
    const some = pictures.filter((one) => hasRed(one) !== hasBoat(one));
    const [first, behind] = [hits.slice(0, withAll.length), hits.slice(withAll.length)];
    expect(first.every(({ hasAll }) => hasAll)).toBe(true);
    expect(behind.some(({ hasAll }) => hasAll)).toBe(false);
    for (const [part, matching] of [
      [first, withAll],
      [behind, some],
    ] as const)
      expectOrder(
        part.map(({ name }) => name),
        matching,
        order,
      );
  });

  it('reads a plain text as words alone, in one order', async () => {
    const hits = (await walk('red boat', `&sort=${order}&plain=true`, [100])).flatMap((page) => page.hits);
    expectOrder(
      hits.map(({ name }) => name),
      pictures.filter((one) => hasRed(one) || hasBoat(one)),
      order,
    );
  });
});

it('says the date of each hit', async () => {
  const { page } = await ask('heron', '&sort=oldest');
  const dated = new Map(pictures.map(({ id, date }) => [id, date]));
  for (const { name, date } of page.hits) expect(date).toBe(dated.get(name));
});

it('has the score that the hit has by score', async () => {
  const scores = async (sort: string) =>
    new Map(
      (await walk('heron', `&plain=true&sort=${sort}`, [100])).flatMap(({ hits }) =>
        hits.map(({ id, score }) => [id, score] as const),
      ),
    );
  expect(await scores('newest')).toEqual(await scores('best'));
});

it('also gives likely pictures and related words, of the best', async () => {
  const { page } = await ask('boat', '&sort=newest&related=true&likely=true');
  const { page: best } = await ask('boat', '&related=true&likely=true');
  expect(page).toMatchObject({ related: (best as unknown as { related: object }).related });
  expect(page).toHaveProperty('likely');
});

it('has pages of one order: a cursor of another is refused', async () => {
  const { page } = await ask('heron', '&sort=newest');
  const at = `&cursor=${encodeURIComponent(page.cursor!)}`;
  for (const sort of ['best', 'oldest'])
    expect(await ask('heron', `&sort=${sort}${at}`)).toMatchObject({
      status: 400,
      page: { field: 'cursor' },
    });
  expect(await ask('heron', '&sort=date')).toMatchObject({ status: 400, page: { field: 'sort' } });
});

it('shows nothing of what was deleted meanwhile, and stays as it was', async () => {
  const { page: first } = await ask('heron', '&sort=newest&limit=20');
  const shown = new Set(first.hits.map(({ name }) => name));
  const gone = pictures.filter((one) => hasHeron(one) && !shown.has(one.id)).filter((_, i) => i % 9 === 0);
  for (const { id } of gone)
    expect((await service.request('DELETE', `/v1/images/${imageIdOf(tenant, id)}`, key)).status).toBe(204);
  await service.indexAll();
  const names = [...shown];
  for (let { cursor } = first; cursor !== undefined;) {
    const { page } = await ask('heron', `&sort=newest&limit=50&cursor=${encodeURIComponent(cursor)}`);
    names.push(...page.hits.map(({ name }) => name));
    ({ cursor } = page);
  }
  const goneIds = new Set(gone.map(({ id }) => id));
  expectOrder(
    names,
    pictures.filter((one) => hasHeron(one) && !goneIds.has(one.id)),
    'newest',
  );
});
