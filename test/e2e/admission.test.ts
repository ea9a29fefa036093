import type { SQSEvent } from 'aws-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseSequencer, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { s3Event, startService } from '../support/service.ts';

/** Uploads are written down at once, and wait by tenants to be described. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

let names = 0;
async function newTenant(limits: { images?: number } = {}): Promise<{ tenant: TenantId; key: string }> {
  const tenant = parseTenantId(`admitted-${names++}`);
  return { tenant, key: await service.keys.create(tenant, undefined, { limits }) };
}
/** An upload, and the event of it. */
async function created(tenant: TenantId, name: string, sequencer = '01', receives = 1): Promise<SQSEvent> {
  const key = `uploads/${tenant}/${name}`;
  await service.upload(key, Buffer.from('picture'));
  return s3Event('Created:Put', key, sequencer, receives, { size: 7 });
}
const together = async (...events: (SQSEvent | Promise<SQSEvent>)[]): Promise<SQSEvent> => ({
  Records: (await Promise.all(events.map((event) => Promise.resolve(event)))).flatMap(
    ({ Records }) => Records,
  ),
});
const imageOf = async (tenant: TenantId, key: string, name: string) =>
  (await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key)).json as unknown;
const messages = async () =>
  (await service.drainDescribeQueue()).Records.map(({ body, attributes }) => ({
    ...(JSON.parse(body) as { readonly tenant: string; readonly name: string; readonly sequencer: string }),
    group: attributes.MessageGroupId,
  }));
const done = { batchItemFailures: [] };

describe('a batch', () => {
  it('leaves a record and a message of its tenant for each upload', async () => {
    const [one, other] = [await newTenant(), await newTenant()];
    const batch = [
      ...Array.from({ length: 12 }, (_, i) => created(one.tenant, `${i}.jpg`)),
      created(other.tenant, 'a.jpg'),
    ];
    expect(await service.admit(await together(...batch))).toEqual(done);
    expect(await imageOf(one.tenant, one.key, '11.jpg')).toMatchObject({ status: 'received', bytes: 7 });
    expect(await imageOf(other.tenant, other.key, 'a.jpg')).toMatchObject({ status: 'received' });
    const sent = await messages();
    expect(sent).toHaveLength(13);
    expect(sent.filter(({ tenant, group }) => group !== tenant)).toEqual([]);
    expect(sent).toContainEqual(
      expect.objectContaining({
        tenant: other.tenant,
        name: 'a.jpg',
        bytes: 7,
        sequencer: parseSequencer('01'),
      }),
    );
  });

  it('may name an image twice: each picture is counted, and the later one is described', async () => {
    const { tenant, key } = await newTenant();
    const batch = [created(tenant, 'a.jpg', '01'), created(tenant, 'a.jpg', '02')];
    expect(await service.admit(await together(...batch))).toEqual(done);
    expect((await service.request('GET', '/v1/usage', key)).json).toMatchObject({
      stored: { images: 1, bytes: 14 },
    });
    expect((await messages()).map(({ sequencer }) => sequencer)).toContain(parseSequencer('02'));
  });

  it('has as many let in as there is room for, and the others described as refused', async () => {
    const { tenant, key } = await newTenant({ images: 2 });
    const batch = await together(...['a', 'b', 'c'].map((name) => created(tenant, name)));
    expect(await service.describe(batch)).toEqual(done);
    const images = await Promise.all(['a', 'b', 'c'].map((name) => imageOf(tenant, key, name)));
    const codes = images.map((image) => (image as { failure?: { code: string } }).failure?.code);
    expect(codes.filter((code) => code === 'images_limit')).toHaveLength(1);
  });

  it('of one tenant over its bounds and of others lets in all of the others', async () => {
    const full = await newTenant({ images: 1 });
    const others = [await newTenant(), await newTenant()];
    const names = ['a.jpg', 'b.jpg', 'c.jpg'];
    const batch = [others[0]!, full, others[1]!].flatMap(({ tenant }) =>
      names.map((name) => created(tenant, name)),
    );
    expect(await service.admit(await together(...batch))).toEqual(done);
    const { Records } = await service.drainDescribeQueue();
    expect(Records).toHaveLength(9);
    expect(await service.describeAdmitted({ Records })).toEqual(done);
    const codesOf = async ({ tenant, key }: (typeof others)[number]) =>
      Promise.all(
        names.map(async (name) => {
          const image = await imageOf(tenant, key, name);
          return (image as { failure?: { code: string } }).failure?.code;
        }),
      );
    // These are no pictures: whoever gets so far that this is seen was let in.
    for (const other of others) expect(new Set(await codesOf(other))).toEqual(new Set(['not_a_picture']));
    expect((await codesOf(full)).toSorted()).toEqual(['images_limit', 'images_limit', 'not_a_picture']);
  });

  it('that cannot be read in part comes back in that part alone', async () => {
    const { tenant } = await newTenant();
    const broken = { ...(await created(tenant, 'a.jpg')).Records[0]!, body: '{', messageId: 'broken' };
    const batch = await together(created(tenant, 'b.jpg'), { Records: [broken] });
    expect(await service.admit(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'broken' }] });
    expect((await messages()).map(({ name }) => name)).toEqual(['b.jpg']);
  });
});

describe('an event that comes again', () => {
  it('sends its message again, as one must whose first worker died between record and message', async () => {
    const { tenant } = await newTenant();
    for (const receives of [1, 2])
      expect(await service.admit(await created(tenant, 'a.jpg', '01', receives))).toEqual(done);
    expect((await messages()).map(({ sequencer }) => sequencer)).toEqual(Array(2).fill(parseSequencer('01')));
  });

  it('sends none when a later one has come', async () => {
    const { tenant } = await newTenant();
    await service.admit(await created(tenant, 'a.jpg', '02'));
    await messages();
    await service.admit(await created(tenant, 'a.jpg', '01'));
    expect(await messages()).toEqual([]);
  });

  it('for the last time has written down that it may come to nothing, and is described all the same', async () => {
    const { tenant, key } = await newTenant();
    await service.admit(await created(tenant, 'a.jpg', '01', 5));
    expect(await imageOf(tenant, key, 'a.jpg')).toMatchObject({
      status: 'failed',
      failure: { code: 'gave_up', retryable: true },
    });
    expect(await messages()).toHaveLength(1);
  });
});

describe('a neighbour of a tenant that loads', () => {
  let queues: SQSClient;
  beforeAll(() => void (queues = new SQSClient({})));
  afterAll(() => queues.destroy());
  /** The messages that come next, as many as are asked for; they are in work from then on. */
  async function take(queue: string, count: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < count) {
      const { Messages = [] } = await queues.send(
        new ReceiveMessageCommand({
          QueueUrl: process.env[queue]!,
          MaxNumberOfMessages: Math.min(10, count - taken.length),
          VisibilityTimeout: 600,
        }),
      );
      if (Messages.length === 0) break;
      taken.push(...Messages.map(({ Body }) => Body!));
    }
    return taken;
  }
  /** Whose they are. */
  const takeTenants = async (queue: string, count: number) =>
    (await take(queue, count)).map((body) => (JSON.parse(body) as { readonly tenant: string }).tenant);

  it('is described next, however many of the loader’s pictures wait', async () => {
    const [loader, neighbour] = [await newTenant(), await newTenant()];
    const load = Array.from({ length: 60 }, (_, i) => created(loader.tenant, `${i}.jpg`));
    for (let i = 0; i < load.length; i += 10)
      expect(await service.admit(await together(...load.slice(i, i + 10)))).toEqual(done);
    const workers = 20; // infra/ingest.ts
    expect(await takeTenants('DESCRIBE_QUEUE_URL', workers)).toEqual(Array(workers).fill(loader.tenant));
    await service.admit(await created(neighbour.tenant, 'lone.jpg'));
    expect(await takeTenants('DESCRIBE_QUEUE_URL', 41)).toEqual([
      neighbour.tenant,
      ...Array<string>(40).fill(loader.tenant),
    ]);
  });

  it.each([
    ['which nobody asked for', 0],
    ['which were asked for a hundred at a time', 60],
  ])(
    'of one tenant, a picture that was asked for alone is described next, however many wait %s',
    async (_, asked) => {
      const { tenant, key } = await newTenant();
      const invite = (...names: string[]) =>
        service.request('POST', '/v1/uploads', key, {
          files: names.map((name) => ({ name, bytes: 7, contentType: 'image/jpeg' })),
        });
      const names = Array.from({ length: 60 }, (_, i) => `${i}.jpg`);
      if (asked > 0) expect((await invite(...names)).status).toBe(200);
      for (let i = 0; i < names.length; i += 10)
        await service.admit(await together(...names.slice(i, i + 10).map((name) => created(tenant, name))));
      const namesOf = async (count: number) => {
        const bodies = await take('DESCRIBE_QUEUE_URL', count);
        return bodies.map((body) => (JSON.parse(body) as { readonly name: string }).name);
      };
      expect(await namesOf(20)).toHaveLength(20);
      expect((await invite('lone.jpg')).status).toBe(200);
      expect(await service.admit(await created(tenant, 'lone.jpg'))).toEqual(done);
      const next = await namesOf(41);
      expect(next[0]).toBe('lone.jpg');
      expect(next).toHaveLength(41);
    },
  );

  it('is indexed next, however many of the loader’s documents wait', async () => {
    const [loader, neighbour] = [await newTenant(), await newTenant()];
    const importing = (key: string, first: number, count: number) =>
      service.request('POST', '/v1/documents', key, {
        documents: Array.from({ length: count }, (_, i) => ({ id: `${first + i}`, texts: ['cat'] })),
      });
    for (let first = 0; first < 300; first += 100) await importing(loader.key, first, 100);
    expect(await takeTenants('BULK_INDEX_QUEUE_URL', 200)).toEqual(Array(200).fill(loader.tenant));
    await importing(neighbour.key, 0, 11);
    expect((await takeTenants('BULK_INDEX_QUEUE_URL', 100)).slice(0, 11)).toEqual(
      Array(11).fill(neighbour.tenant),
    );
  });

  it.each([
    ['ten documents', Array.from({ length: 10 }, (_, i) => ({ id: `few-${i}`, texts: ['cat'] })), 'INDEX'],
    [
      'eleven documents',
      Array.from({ length: 11 }, (_, i) => ({ id: `${i}`, texts: ['cat'] })),
      'BULK_INDEX',
    ],
    ['a long document', [{ id: 'long', texts: Array<string>(8).fill('cat '.repeat(1_100)) }], 'BULK_INDEX'],
  ])('%s wait with their like, also those of one tenant', async (_, documents, queue) => {
    const { tenant, key } = await newTenant();
    const other = queue === 'INDEX' ? 'BULK_INDEX' : 'INDEX';
    await take(`${queue}_QUEUE_URL`, Infinity);
    expect((await service.request('POST', '/v1/documents', key, { documents })).status).toBe(202);
    expect(await takeTenants(`${queue}_QUEUE_URL`, 100)).toEqual(Array(documents.length).fill(tenant));
    expect(await takeTenants(`${other}_QUEUE_URL`, 100)).not.toContain(tenant);
  });
});
