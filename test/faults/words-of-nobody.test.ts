import { beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../world/dynalite-parts.ts';
import { isAbout } from '../world/call.ts';
import { idOf, openTenant } from './open-tenant.ts';

/**
 * Documents of an index that no record tells of, since their images were removed or their records were lost. Each has its turn once in 30
 * days.
 */

const MONTH_DAYS = 31;

let tenant: Awaited<ReturnType<typeof openTenant>>;
beforeEach(async () => {
  tenant = await openTenant();
});

const remove = (name: string) => tenant.answerOf('DELETE', `/v1/images/${idOf(name)}`, tenant.key);
const words = async (prefix: string) => {
  const answer = await tenant.answerOf('GET', `/v1/words?prefix=${prefix}`, tenant.key);
  return (answer['words'] as { word: string }[]).map(({ word }) => word);
};
const total = async (query: string) =>
  (await tenant.answerOf('GET', `/v1/search?q=${query}`, tenant.key))['total'];
const restore = (name: 'Images' | 'Index', items: readonly Item[]) => {
  const table = tenant.table(name);
  for (const { pk, sk } of table.all()) table.delete(pk!.S!, sk!.S!);
  for (const item of items) table.put(item);
};
const loseRecord = (name: string) => {
  tenant.table('Images').delete('acme/images', idOf(name));
};

describe('an index is restored to before', () => {
  it('a deletion that is forgotten: the words go, also from the words that are proposed', async () => {
    await tenant.imports({ a: 'otter secret', b: 'otter' });
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    const earlier = tenant.table('Index').all();
    await remove('a');
    await tenant.days(MONTH_DAYS + 1);
    expect(tenant.table('Images').get('acme/images', idOf('a'))).toBeUndefined();
    restore('Index', earlier);
    expect(await tenant.differences()).toEqual([`no_record ${idOf('a')}`]);
    expect([await total('secret'), await words('secr')]).toEqual([1, ['secret']]);
    await tenant.days(MONTH_DAYS);
    expect(await tenant.differences()).toEqual([]);
    expect([await total('secret'), await words('secr')]).toEqual([0, []]);
    expect(await tenant.found('otter')).toContain('b');
    expect(await tenant.documents()).toBe(2);
    expect(tenant.deadLetters()).toEqual([]);
  });

  it('a deletion of a picture whose later state the index has: the words go', async () => {
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    const earlier = tenant.table('Images').all();
    await tenant.imports({ 'cat.jpg': 'otter secret' });
    await tenant.service.settle();
    const index = tenant.table('Index').all();
    restore('Images', earlier);
    await remove('cat.jpg');
    await tenant.service.settle();
    restore('Index', index);
    await tenant.days(MONTH_DAYS);
    expect([await total('secret'), await words('secr')]).toEqual([0, []]);
    expect(await tenant.differences()).toEqual([]);
  });
});

describe('the Images table is lost', () => {
  it('pictures come back and keep their words until then; words of nobody go', async () => {
    await tenant.put('cat.jpg');
    await tenant.put('dog.jpg');
    await tenant.imports({ a: 'otter secret' });
    await tenant.service.settle();
    restore('Images', []);
    const documents: unknown[] = [];
    for (let day = 0; day < MONTH_DAYS; day += 1) {
      // The sweep of originals stands still at first.
      tenant.world.mishapOf = (call) =>
        day < 3 && call.operation === 'ListObjectVersions' ? 'throttled' : undefined;
      await tenant.days(1);
      documents.push(await tenant.documents());
    }
    expect(documents.every((count) => count === 2 || count === 3)).toBe(true);
    expect(await tenant.images()).toEqual(['cat.jpg: searchable', 'dog.jpg: searchable']);
    expect(await tenant.differences()).toEqual([]);
    expect([await total('secret'), await words('secr')]).toEqual([0, []]);
  });
});

describe('a record is lost', () => {
  it('of imported words: it is made again from them', async () => {
    await tenant.imports({ a: 'otter', 'b.jpg': 'otter' });
    await tenant.service.settle();
    for (const name of ['a', 'b.jpg']) loseRecord(name);
    expect(await tenant.images()).toEqual([]);
    await tenant.days(MONTH_DAYS);
    expect(await tenant.images()).toEqual(['a: searchable', 'b.jpg: searchable']);
    expect(await tenant.found('otter')).toEqual(['a', 'b.jpg']);
    expect(await tenant.differences()).toEqual([]);
    expect(await tenant.answerOf('GET', '/v1/usage', tenant.key)).toMatchObject({ stored: { images: 2 } });
    await remove('a');
    await tenant.service.settle();
    expect(await tenant.found('otter')).toEqual(['b.jpg']);
    expect(tenant.deadLetters()).toEqual([]);
  });

  it('of words that were imported over a picture: they stay, and the picture is not described', async () => {
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    await tenant.imports({ 'cat.jpg': 'otter' });
    await tenant.service.settle();
    loseRecord('cat.jpg');
    await tenant.days(MONTH_DAYS);
    expect(await tenant.images()).toEqual(['cat.jpg: searchable']);
    expect(await tenant.differences()).toEqual([]);
    expect(await tenant.found('otter')).toEqual(['cat.jpg']);
  });

  it('of a picture that is gone as well: its words go', async () => {
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    loseRecord('cat.jpg');
    await tenant.untold(() => tenant.remove('cat.jpg'));
    await tenant.days(MONTH_DAYS);
    expect(await tenant.documents()).toBe(0);
    expect(tenant.glossOf('cat.jpg')).toBeUndefined();
    expect(await tenant.differences()).toEqual([]);
  });

  it.each([
    ['S3 tells of its removal', () => tenant.remove('cat.jpg')],
    ['something else comes that is no picture', () => tenant.put('cat.jpg', Buffer.from('no picture'))],
  ])('and %s: the words go', async (_what, happens) => {
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    loseRecord('cat.jpg');
    await happens();
    await tenant.days(MONTH_DAYS);
    expect(await tenant.documents()).toBe(0);
    expect(await tenant.differences()).toEqual([]);
  });

  it('and its words are damaged: they are left to whoever mends them', async () => {
    await tenant.imports({ a: 'otter', b: 'otter' });
    await tenant.service.settle();
    loseRecord('a');
    tenant.table('Images').put({ ...tenant.glossOf('a'), gloss: { S: '{broken' } });
    await tenant.days(MONTH_DAYS);
    expect(await tenant.differences()).toEqual([`no_record ${idOf('a')}`]);
    await tenant.imports({ a: 'otter' });
    await tenant.service.settle();
    expect(await tenant.found('otter')).toEqual(['a', 'b']);
    expect(await tenant.differences()).toEqual([]);
  });
});

it('a worker of the sweep that dies at any of its calls leaves nothing undone', async () => {
  await tenant.imports({ a: 'otter secret', b: 'otter' });
  await tenant.put('cat.jpg');
  await tenant.service.settle();
  const index = tenant.table('Index').all();
  await remove('a');
  await tenant.days(MONTH_DAYS + 1);
  restore('Index', index);
  loseRecord('b');
  let calls = 0;
  tenant.world.mishapOf = (call) => {
    if (call.process.name !== 'sweep' || !isAbout(call, 'acme')) return undefined;
    calls += 1;
    return calls % 29 === 0 ? (calls % 2 === 0 ? 'dies before' : 'dies after') : undefined;
  };
  await tenant.days(MONTH_DAYS);
  tenant.world.mishapOf = () => undefined;
  expect(calls).toBeGreaterThan(29);
  expect(await tenant.differences()).toEqual([]);
  expect(await tenant.found('otter')).toContain('b');
  expect(await words('secr')).toEqual([]);
});
