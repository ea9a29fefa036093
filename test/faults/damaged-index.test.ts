import { describe, expect, it } from 'vitest';
import type { Item } from '../world/dynalite-parts.ts';
import { bucketOf } from './story.ts';
import { idOf, openTenant } from './open-tenant.ts';

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

/** What the bucket shows, and all that is kept of words outside of the index. */
function leftOf({ world, table }: Opened): string[] {
  const objects = [...world.s3.versions(bucketOf(world))].filter(([, all]) => !all.at(-1)!.isMarker);
  const glosses = table('Images')
    .all()
    .filter(({ pk }) => pk!.S!.includes('/gloss/'));
  return [...objects.map(([key]) => key), ...glosses.map(({ pk }) => pk!.S!)];
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

  it('hold up no retention: pictures, thumbnails and glosses go, and a rebuild takes the rest', async () => {
    const tenant = await openTenant();
    await tenant.answerOf('PATCH', '/v1/tenants/acme', tenant.operator, { settings: { retentionDays: 10 } });
    await tenant.put('a.jpg');
    await tenant.imports({ d: 'otter' });
    await tenant.service.settle();
    damageSegments(tenant, damage);
    await tenant.days(12);
    expect(await tenant.images()).toEqual([]);
    expect(leftOf(tenant)).toEqual([]);
    expect(tenant.deadLetters().filter((body) => body.includes('"task"'))).toEqual([]);
    await tenant.reindex();
    await tenant.days(3);
    expect(await tenant.differences()).toEqual([]);
    expect(tenant.table('Index').all()).toHaveLength(1);
  });

  it('hold up no deletion either, though it is answered as a failure', async () => {
    const tenant = await openTenant();
    await tenant.put('a.jpg');
    await tenant.imports({ d: 'otter' });
    await tenant.service.settle();
    damageSegments(tenant, damage);
    for (const name of ['a.jpg', 'd']) {
      const { status, json } = await tenant.ask('DELETE', `/v1/images/${idOf(name)}`, tenant.key);
      expect([status, (json as { code: string }).code]).toEqual([500, 'segment_corrupt']);
    }
    expect(leftOf(tenant)).toEqual([]);
    await tenant.reindex();
    expect(await tenant.documents()).toBe(0);
    expect((await tenant.ask('DELETE', `/v1/images/${idOf('d')}`, tenant.key)).status).toBe(204);
  });
});

it('a manifest that cannot be read holds up no retention of pictures', async () => {
  const tenant = await openTenant();
  await tenant.answerOf('PATCH', '/v1/tenants/acme', tenant.operator, { settings: { retentionDays: 10 } });
  await tenant.put('a.jpg');
  await tenant.imports({ d: 'otter' });
  await tenant.service.settle();
  const manifest = tenant.table('Index').get('acme/manifest', 'manifest')!;
  tenant.table('Index').put({ ...manifest, body: { S: '{"x' } });
  tenant.service.restart();
  await tenant.days(12);
  expect(await tenant.images()).toEqual([]);
  expect(leftOf(tenant)).toEqual([]);
  tenant.table('Index').delete('acme/manifest', 'manifest');
  await tenant.days(3);
  expect(await tenant.differences()).toEqual([]);
  expect(tenant.table('Index').all()).toHaveLength(1);
});

it('words of deleted images go within two days where the manifest is lost and no image is left', async () => {
  const tenant = await openTenant();
  await tenant.put('a.jpg');
  await tenant.imports({ d: 'otter' });
  await tenant.service.settle();
  expect((await tenant.ask('DELETE', `/v1/images/${idOf('d')}`, tenant.key)).status).toBe(204);
  tenant.remove('a.jpg');
  await tenant.service.settle();
  const index = tenant.table('Index');
  index.delete('acme/manifest', 'manifest');
  tenant.service.restart();
  await tenant.days(2);
  expect(index.all().map(({ pk }) => pk!.S)).toEqual(['acme/manifest']);
  expect(await tenant.differences()).toEqual([]);
  expect(tenant.deadLetters()).toEqual([]);
  await tenant.imports({ e: 'otter' });
  await tenant.service.settle();
  expect(await tenant.found('otter')).toEqual(['e']);
});
