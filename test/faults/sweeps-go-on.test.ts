import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { idOf, openTenant } from './open-tenant.ts';

/** Sweeps that meet what they cannot do, or somebody who is at work: the rest is done, and what is acknowledged stays. */

type Opened = Awaited<ReturnType<typeof openTenant>>;

function loseSegments({ table, service }: Opened): void {
  const index = table('Index');
  const items = index.all().filter(({ pk }) => pk!.S!.startsWith('acme/segment/'));
  expect(items.length).toBeGreaterThan(0);
  for (const { pk, sk } of items) index.delete(pk!.S!, sk!.S!);
  service.restart();
}

async function retain(tenant: Opened, retentionDays: number): Promise<void> {
  await tenant.answerOf('PATCH', '/v1/tenants/acme', tenant.operator, { settings: { retentionDays } });
}

const importApart = async ({ service, key }: Opened, id: string, text: string): Promise<number> => {
  const body = { documents: [{ id, texts: [text] }] };
  return (await service.request({ method: 'POST', path: '/v1/documents', key, body }, { apart: true }))
    .status;
};

const sumsOf = async ({ answerOf, key }: Opened) =>
  ((await answerOf('GET', '/v1/usage', key)) as { stored: { images: number } }).stored.images;

describe('an index that lost its items is made again within a day', () => {
  it('also where a deletion came before', async () => {
    const tenant = await openTenant();
    await tenant.imports({ a: 'otter', b: 'otter', c: 'lantern' });
    await tenant.service.settle();
    loseSegments(tenant);
    expect((await tenant.ask('DELETE', `/v1/images/${idOf('c')}`, tenant.key)).status).toBe(500);
    const totals = tenant.table('Images').get('acme/totals', 'totals')!;
    tenant.table('Images').put({ ...totals, images: { N: '999' } });
    await tenant.days(30);
    expect(await tenant.found('otter')).toEqual(['a', 'b']);
    expect(await tenant.found('lantern')).toEqual([]);
    expect(await sumsOf(tenant)).toBe(2);
    expect(await tenant.differences()).toEqual([]);
    expect(tenant.deadLetters().filter((body) => body.includes('"images"'))).toEqual([]);
  });

  it('also where everything was imported again before', async () => {
    const tenant = await openTenant();
    const documents = { a: 'otter', b: 'lantern' };
    await tenant.imports(documents);
    await tenant.service.settle();
    loseSegments(tenant);
    await tenant.imports(documents);
    await tenant.days(2);
    expect(await tenant.images()).toEqual(['a: searchable', 'b: searchable']);
    expect(await tenant.found('otter')).toEqual(['a']);
    expect(await tenant.differences()).toEqual([]);
  });
});

it.each(['PutItem', 'TransactWriteItems', 'ListObjectVersions', 'HeadObject'])(
  'words that are imported while a sweep removes old pictures stay, before its %s',
  async (held) => {
    const tenant = await openTenant();
    await retain(tenant, 10);
    for (const name of ['cat.jpg', 'dog.jpg']) await tenant.put(name);
    await tenant.service.settle();
    tenant.world.time.moveTo(tenant.world.time.nowMs() + 11 * 24 * 3_600_000);
    let status: number | undefined;
    tenant.world.mishapOf = ({ process, operation }) => {
      if (process.name !== 'sweep' || operation !== held || status !== undefined) return undefined;
      status = 0;
      return {
        meanwhile: async () => {
          status = await importApart(tenant, 'cat.jpg', 'lantern');
        },
      };
    };
    tenant.service.runSchedules();
    await tenant.service.settle();
    tenant.world.mishapOf = () => undefined;
    await tenant.days(2);
    expect(status).toBe(202);
    expect(await tenant.images()).toEqual(['cat.jpg: searchable']);
    expect(await tenant.found('lantern')).toEqual(['cat.jpg']);
    expect(await tenant.differences()).toEqual([]);
  },
);

it('an original that S3 refuses holds up the retention of no other', async () => {
  const tenant = await openTenant();
  await retain(tenant, 10);
  for (const name of ['cat.jpg', 'dog.jpg', 'owl.jpg']) await tenant.put(name);
  await tenant.imports({ doc: 'otter' });
  await tenant.service.settle();
  const { s3 } = tenant.world;
  const head = s3.HeadObject.bind(s3);
  s3.HeadObject = (input) => {
    if (input.Key!.endsWith('dog.jpg'))
      throw new S3ServiceException({
        name: 'AccessDenied',
        message: 'Access Denied',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      });
    return head(input);
  };
  await tenant.days(12);
  expect(await tenant.images()).toEqual(['dog.jpg: searchable']);
  expect(await sumsOf(tenant)).toBe(1);
  expect(tenant.deadLetters()).toEqual([]);
});

it('a deletion takes the words that are there, also where the record is an older one that was put back', async () => {
  const tenant = await openTenant();
  await tenant.imports({ doc: 'otter' });
  await tenant.service.settle();
  const older = tenant.table('Images').get('acme/images', idOf('doc'))!;
  await tenant.days(1);
  await tenant.imports({ doc: 'lantern' });
  await tenant.service.settle();
  tenant.table('Images').put(older);
  expect((await tenant.ask('DELETE', `/v1/images/${idOf('doc')}`, tenant.key)).status).toBe(204);
  expect(await tenant.found('lantern')).toEqual([]);
  expect(tenant.glossOf('doc')).toBeUndefined();
});

it('words that are imported while a sweep removes those of a lost record stay', async () => {
  const tenant = await openTenant();
  await tenant.put('cat.jpg');
  await tenant.service.settle();
  tenant.table('Images').delete('acme/images', idOf('cat.jpg'));
  await tenant.untold(() => tenant.remove('cat.jpg'));
  let status: number | undefined;
  tenant.world.mishapOf = ({ process, operation, input }) => {
    const isRemoving = operation === 'DeleteItem' && JSON.stringify(input).includes('/gloss/');
    if (process.name !== 'sweep' || !isRemoving || status !== undefined) return undefined;
    status = 0;
    return {
      meanwhile: async () => {
        status = await importApart(tenant, 'cat.jpg', 'lantern');
      },
    };
  };
  await tenant.days(32);
  tenant.world.mishapOf = () => undefined;
  await tenant.days(32);
  expect(status).toBe(202);
  expect(await tenant.found('lantern')).toEqual(['cat.jpg']);
  expect(await tenant.differences()).toEqual([]);
});
