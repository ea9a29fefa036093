import { describe, expect, it } from 'vitest';
import { idOf, openTenant } from './open-tenant.ts';

/** Sums that are not those of the records: nothing that is made of them is wrong for good. */

type Opened = Awaited<ReturnType<typeof openTenant>>;

function setImages({ table }: Opened, images: string): void {
  const sums = table('Images').get('acme/totals', 'totals')!;
  table('Images').put({ ...sums, images: { N: images } });
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
