import { describe, expect, it } from 'vitest';
import type { Item } from '../world/dynalite-parts.ts';
import { openTenant } from './open-tenant.ts';

/** Items of an index that were damaged: what they are not needed for goes on, and a check names them. */

type Opened = Awaited<ReturnType<typeof openTenant>>;

const DAMAGES: Readonly<Record<string, (item: Item) => Item>> = {
  'without a body': ({ pk, sk }) => ({ pk: pk!, sk: sk! }),
  'with a body of another type': (item) => ({ ...item, body: { S: 'words' } }),
  'with a body that is cut off': (item) => ({ ...item, body: { B: item['body']!.B!.slice(0, 20) } }),
};

function damageSegments({ table, service }: Opened, damage: (item: Item) => Item): void {
  const index = table('Index');
  const items = index.all().filter(({ pk }) => pk!.S!.startsWith('acme/segment/'));
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) index.put(damage(item));
  service.restart();
}

describe.each(Object.entries(DAMAGES))('items of a segment %s', (_how, damage) => {
  it('are named by a search and a check, and a rebuild needs none of them', async () => {
    const tenant = await openTenant();
    await tenant.imports({ a: 'otter', b: 'lantern' });
    await tenant.put('p.jpg');
    await tenant.service.settle();
    damageSegments(tenant, damage);
    const sums = tenant.table('Images').get('acme/totals', 'totals')!;
    tenant.table('Images').put({ ...sums, images: { N: '77' } });
    await tenant.days(32);
    expect(tenant.deadLetters()).toEqual([]);
    const { status, json } = await tenant.ask('GET', '/v1/search?q=otter', tenant.key);
    expect([status, (json as { code: string }).code]).toEqual([500, 'segment_corrupt']);
    expect(await tenant.differences()).toContain('corrupt');
    await tenant.reindex();
    expect(await tenant.found('otter')).toEqual(['a']);
    expect(await tenant.differences()).toEqual([]);
  });
});
