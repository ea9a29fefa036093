import { describe, expect, it } from 'vitest';
import { openTenant, pictures } from './open-tenant.ts';

/**
 * A change of an empty tenant's language that ends at any of its calls. Whoever asked does not ask again, and images come. The tenant's
 * record decides: queries are analysed in its language.
 */

type Opened = Awaited<ReturnType<typeof openTenant>>;

/** @param at which call of the request; there is none so far where it is beyond the last */
async function brokenOff(kind: 'dies before' | 'dies after', at: number) {
  const tenant = await openTenant();
  let calls = 0;
  tenant.world.mishapOf = ({ process }) => (process.name === 'api' && (calls += 1) === at ? kind : undefined);
  await patch(tenant, 'de');
  tenant.world.mishapOf = () => undefined;
  await tenant.imports({ a: 'the otters are running, studies' });
  await tenant.put('cat.jpg', pictures.small);
  await tenant.service.settle();
  return { tenant, isDone: calls < at };
}

const patch = async ({ ask, operator }: Opened, language: string) =>
  (await ask('PATCH', '/v1/tenants/acme', operator, { settings: { language } })).status;

const languages = async ({ answerOf, operator }: Opened) => {
  const { settings } = await answerOf('GET', '/v1/tenants/acme', operator);
  const { analysis } = await answerOf('GET', '/v1/tenants/acme/index', operator);
  return {
    tenant: (settings as { language: string }).language,
    index: (analysis as { language: string }).language,
  };
};

const WAYS: Readonly<Record<string, (tenant: Opened) => Promise<string | undefined>>> = {
  'a sweep': async (tenant) => {
    await tenant.days(1);
    return undefined;
  },
  'gloss reindex': async (tenant) => {
    await tenant.reindex();
    return undefined;
  },
  'naming the old language': async (tenant) => {
    const before = await languages(tenant);
    const status = await patch(tenant, 'en');
    // A change that was done is none of the old language any more.
    expect(status).toBe(before.tenant === 'en' ? 200 : 409);
    return before.tenant;
  },
  'naming the new language': async (tenant) => {
    const before = await languages(tenant);
    const status = await patch(tenant, 'de');
    // Before the index said it, nothing was begun.
    expect(status).toBe(before.index === 'de' ? 200 : 409);
    return before.index;
  },
};

describe.each(['dies before', 'dies after'] as const)('a change of language that %s a call', (kind) => {
  it.each(Object.keys(WAYS))('is put right by %s', async (way) => {
    let disagreed = 0;
    for (let at = 1; ; at += 1) {
      const { tenant, isDone } = await brokenOff(kind, at);
      if (isDone) {
        expect(await languages(tenant)).toEqual({ tenant: 'de', index: 'de' });
        break;
      }
      const before = await languages(tenant);
      const isWrong = before.tenant !== before.index;
      if (isWrong) disagreed += 1;
      expect(await tenant.differences()).toEqual(isWrong ? ['other_language'] : []);
      const wanted = (await WAYS[way]!(tenant)) ?? before.tenant;
      await tenant.service.settle();
      expect(await languages(tenant)).toEqual({ tenant: wanted, index: wanted });
      expect(await tenant.differences()).toEqual([]);
      expect(await tenant.found(wanted === 'en' ? 'study' : 'studies')).toEqual(['a']);
      expect(await tenant.documents()).toBe(2);
      expect(tenant.deadLetters()).toEqual([]);
    }
    expect(disagreed).toBeGreaterThan(0);
  });
});

it('an index that was restored to before a change of language is made again', async () => {
  const tenant = await openTenant();
  await tenant.imports({ a: 'otters' });
  await tenant.service.settle();
  const earlier = tenant.table('Index').all();
  await tenant.answerOf('DELETE', `/v1/images/${(await ids(tenant))[0]}`, tenant.key);
  await tenant.service.settle();
  expect(await patch(tenant, 'de')).toBe(200);
  await tenant.imports({ a: 'Studien' });
  await tenant.service.settle();
  expect(await languages(tenant)).toEqual({ tenant: 'de', index: 'de' });
  const table = tenant.table('Index');
  for (const { pk, sk } of table.all()) table.delete(pk!.S!, sk!.S!);
  for (const item of earlier) table.put(item);
  expect(await languages(tenant)).toEqual({ tenant: 'de', index: 'en' });
  expect(await tenant.differences()).toContain('other_language');
  await tenant.days(1);
  expect(await languages(tenant)).toEqual({ tenant: 'de', index: 'de' });
  expect(await tenant.found('Studien')).toEqual(['a']);
  expect(await tenant.differences()).toEqual([]);
});

const ids = async ({ answerOf, key }: Opened) =>
  ((await answerOf('GET', '/v1/images', key))['images'] as { id: string }[]).map(({ id }) => id);
