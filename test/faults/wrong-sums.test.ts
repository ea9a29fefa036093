import { describe, expect, it } from 'vitest';
import { idOf, openTenant } from './open-tenant.ts';

/** Sums that are not those of the records: nothing that is made of them is wrong for good. */

type Opened = Awaited<ReturnType<typeof openTenant>>;

function setImages({ table }: Opened, images: string): void {
  const sums = table('Images').get('acme/totals', 'totals')!;
  table('Images').put({ ...sums, images: { N: images } });
}

async function importApart({ service, key }: Opened, id: string): Promise<void> {
  const body = { documents: [{ id, texts: ['lantern'] }] };
  const request = { method: 'POST', path: '/v1/documents', key, body } as const;
  expect((await service.request(request, { apart: true })).status).toBe(202);
}

const sumsOf = async ({ answerOf, key }: Opened) =>
  ((await answerOf('GET', '/v1/usage', key)) as { stored: { images: number } }).stored.images;

describe('an index is made again, and its tenant goes on', () => {
  it.each(['-1', '0', '1.5', '9007199254740993'])('where %s images are counted', async (images) => {
    const tenant = await openTenant();
    await tenant.imports({ a: 'otter', b: 'lantern' });
    await tenant.service.settle();
    setImages(tenant, images);
    await tenant.reindex();
    expect(await tenant.found('lantern')).toEqual(['b']);
    expect((await tenant.ask('DELETE', `/v1/images/${idOf('a')}`, tenant.key)).status).toBe(204);
    await tenant.days(1);
    expect(await sumsOf(tenant)).toBe(1);
    expect(await tenant.differences()).toEqual([]);
  });

  it('where the sums were lost before an image went, and the manifest after it', async () => {
    const tenant = await openTenant();
    await tenant.imports({ a: 'otter', b: 'lantern', c: 'river' });
    await tenant.service.settle();
    tenant.table('Images').delete('acme/totals', 'totals');
    expect((await tenant.ask('DELETE', `/v1/images/${idOf('a')}`, tenant.key)).status).toBe(204);
    tenant.table('Index').delete('acme/manifest', 'manifest');
    tenant.service.restart();
    await tenant.days(2);
    expect(await tenant.found('lantern')).toEqual(['b']);
    expect(await sumsOf(tenant)).toBe(2);
    expect(await tenant.differences()).toEqual([]);
    expect(tenant.deadLetters()).toEqual([]);
  });
});

it('sums of a tenant that works whenever they are counted are right after a day', async () => {
  const tenant = await openTenant();
  await tenant.imports({ a: 'otter', b: 'otter', c: 'otter' });
  await tenant.service.settle();
  setImages(tenant, '500');
  let count = 0;
  // Before each of the first five pages of records that a sweep reads, one comes that is counted with `a`.
  const names = Array.from({ length: 1_000 }, (_, i) => `${i}`).filter(
    (name) => idOf(name)[0] === idOf('a')[0],
  );
  tenant.world.mishapOf = ({ process, operation, input }) => {
    const isRead = operation === 'Query' && JSON.stringify(input).includes('acme/images');
    if (process.name !== 'sweep' || !isRead || count >= 5) return undefined;
    count += 1;
    const name = names.shift()!;
    return { meanwhile: () => importApart(tenant, name) };
  };
  for (let day = 1; day <= 3; day += 1) {
    count = 0;
    await tenant.days(1);
    expect(count).toBe(5);
    expect(await sumsOf(tenant)).toBe(3 + 5 * day);
  }
  tenant.world.mishapOf = () => undefined;
  expect(await tenant.differences()).toEqual([]);
});

it('sums that are put right while an image comes are right with it', async () => {
  const tenant = await openTenant();
  await tenant.imports({ a: 'otter', b: 'otter' });
  await tenant.service.settle();
  setImages(tenant, '7');
  let comes = false;
  tenant.world.mishapOf = ({ process, operation, input }) => {
    const isWrite = operation === 'PutItem' && JSON.stringify(input).includes('acme/totals');
    if (process.name !== 'sweep' || !isWrite || comes) return undefined;
    comes = true;
    return { meanwhile: () => importApart(tenant, 'c') };
  };
  await tenant.days(1);
  tenant.world.mishapOf = () => undefined;
  expect(await tenant.images()).toHaveLength(3);
  expect(await sumsOf(tenant)).toBe(3);
  expect(await tenant.differences()).toEqual([]);
});

it('sums are not put right by a part in which a record cannot be read', async () => {
  const tenant = await openTenant();
  const names = Array.from({ length: 1_000 }, (_, i) => `${i}`).filter(
    (name) => idOf(name)[0] === idOf('a')[0],
  );
  await tenant.imports({ a: 'otter', b: 'otter' });
  await tenant.service.settle();
  setImages(tenant, '500');
  const whole = tenant.table('Images').get('acme/images', idOf('a'))!;
  let reads = 0;
  tenant.world.mishapOf = ({ process, operation, input }) => {
    const isRead = operation === 'Query' && JSON.stringify(input).includes('acme/images');
    if (process.name !== 'sweep' || !isRead) return undefined;
    reads += 1;
    // While all records are gone through, one comes that is counted with `a`. Before those of its part are counted again, `a` is damaged.
    if (reads === 1) return { meanwhile: () => importApart(tenant, names[0]!) };
    if (reads === 2) tenant.table('Images').put({ ...whole, record: { S: '{' } });
    return undefined;
  };
  await tenant.days(1);
  tenant.world.mishapOf = () => undefined;
  expect(reads).toBe(2);
  expect(await sumsOf(tenant)).toBe(501);
  tenant.table('Images').put(whole);
  await tenant.days(1);
  expect(await sumsOf(tenant)).toBe(3);
});
