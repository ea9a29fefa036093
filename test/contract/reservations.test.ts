import { randomBytes } from 'node:crypto';
import { DynamoDBClient, PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemTableRequest } from '../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';
import { meterCapacity } from '../../lib/adapters/dynamo-meter.ts';
import { dynamoReservations } from '../../lib/adapters/dynamo-reservations.ts';
import { CapacityMeter } from '../../lib/domain/capacity-meter.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import type { OnUnreadable, Unreadable } from '../../lib/domain/unreadable.ts';
import { reserveRoom } from '../../lib/steps/images/reserve-room.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** Room that is set aside for invited files, on the embedded DynamoDB. */

const clock = new ManualClock();
const meter = new CapacityMeter();
let server: Awaited<ReturnType<typeof startDynamoDb>>;
let client: DynamoDBClient;
let tenant: TenantId;
let tenants = 0;
/** What happens right before the next transaction. */
let meanwhile: (() => Promise<unknown>) | undefined;

beforeAll(async () => {
  server = await startDynamoDb({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  meterCapacity(client, meter);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const happens = context.commandName === 'TransactWriteItemsCommand' ? meanwhile : undefined;
      if (happens) {
        meanwhile = undefined;
        await happens();
      }
      return next(args);
    },
    { step: 'initialize' },
  );
  await client.send(itemTableRequest('images'));
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  tenant = parseTenantId(`reserving-${tenants++}`);
});

const store = (onUnreadable?: OnUnreadable) => dynamoReservations(client, 'images', clock, onUnreadable);
const id = (name: string) => imageIdOf(tenant, name);
const files = (bytes: number, ...names: string[]) =>
  names.map((name) => ({ imageId: id(name), name, bytes }));
const FIFTEEN_MIN_MS = 900_000;
const fiveMinutesUp = (ms: number) => Math.ceil(ms / 300_000) * 300_000;
/** Nobody has invited the names before. */
const NONE = new Map();

async function add(reservations: ReturnType<typeof files>): Promise<boolean> {
  const sums = await store().sums(tenant);
  const held = await store().of(
    tenant,
    reservations.map(({ imageId }) => imageId),
  );
  return store().add(tenant, sums, reservations, clock.nowMs() + FIFTEEN_MIN_MS, held);
}
async function sums() {
  const { images, bytes } = await store().sums(tenant);
  return { images, bytes };
}

describe('sums that are damaged', () => {
  const putSums = (numbers: Readonly<Record<string, AttributeValue>>) =>
    client.send(
      new PutItemCommand({
        TableName: 'images',
        Item: { pk: { S: `${tenant}/invited` }, sk: { S: 'sums' }, ...numbers },
      }),
    );

  it.each<[string, Readonly<Record<string, AttributeValue>>]>([
    ['bare', {}],
    ['of no revision', { expiresAtSec: { N: '1' } }],
    ['of revision 0', { revision: { N: '0' } }],
    ['of a negative revision', { revision: { N: '-2' } }],
  ])('%s: take what is added, by one writer after the other', async (_, numbers) => {
    await putSums(numbers);
    meanwhile = () => add(files(5, 'b'));
    expect(await add(files(7, 'a'))).toBe(false);
    expect(await add(files(7, 'a'))).toBe(true);
    expect(await add(files(1, 'c'))).toBe(true);
    expect(await sums()).toEqual({ images: 3, bytes: 13 });
  });

  it.each(['revision', 'i1', 'b1'])('are told where %s is no number', async (name) => {
    await putSums({ [name]: { S: 'x' } });
    const told: Unreadable[] = [];
    await store((item) => told.push(item)).sums(tenant);
    expect(told).toMatchObject([{ what: 'sums', id: tenant, reason: `${name} no number` }]);
  });
});

describe('reservations', () => {
  it('are none at first; they add up, and end one by one', async () => {
    expect(await sums()).toEqual({ images: 0, bytes: 0 });
    expect(await add(files(10, 'a', 'b'))).toBe(true);
    expect(await add(files(5, 'c'))).toBe(true);
    expect(await sums()).toEqual({ images: 3, bytes: 25 });
    expect(await store().of(tenant, [id('a'), id('c'), id('x')])).toEqual(
      new Map([
        [
          id('a'),
          {
            name: 'a',
            bytes: 10,
            bucket: expect.any(Number) as number,
            endsAtMs: fiveMinutesUp(clock.nowMs() + FIFTEEN_MIN_MS),
            writer: expect.any(String) as string,
          },
        ],
        [
          id('c'),
          {
            name: 'c',
            bytes: 5,
            bucket: expect.any(Number) as number,
            endsAtMs: fiveMinutesUp(clock.nowMs() + FIFTEEN_MIN_MS),
            writer: expect.any(String) as string,
          },
        ],
      ]),
    );
    await store().release(tenant, [id('a')]);
    await store().release(tenant, [id('a')]);
    await store().release(tenant, [id('x')]);
    expect(await sums()).toEqual({ images: 2, bytes: 15 });
  });

  it('are listed in pages, in order of id, without those that have ended or arrived', async () => {
    await add(files(10, 'over', 'also over'));
    clock.advance(FIFTEEN_MIN_MS + 300_000);
    const names = Array.from({ length: 7 }, (_, i) => `${i}`);
    await add(files(5, ...names));
    await store().release(tenant, [id('3')]);
    const found: [string, string | undefined][] = [];
    const sizes: number[] = [];
    let after: ReturnType<typeof id> | undefined;
    do {
      const page = await store().list(tenant, { limit: 2, ...(after && { after }) });
      for (const [imageId, { name, bytes }] of page.reservations) {
        expect(bytes).toBe(5);
        found.push([imageId, name]);
      }
      sizes.push(page.reservations.size);
      after = page.next;
    } while (after);
    const going = names.filter((name) => name !== '3').map((name) => [id(name), name]);
    expect(found).toEqual(going.toSorted(([one], [other]) => (one! < other! ? -1 : 1)));
    expect(Math.max(...sizes)).toBe(2);
    const other = parseTenantId(`${tenant}-neighbour`);
    expect(await store().list(other, { limit: 100 })).toEqual({ reservations: new Map() });
  });

  it('cost one query for a page of a list', async () => {
    await add(files(1, ...Array.from({ length: 99 }, (_, i) => `${i}.jpg`)));
    const before = meter.snapshot();
    expect((await store().list(tenant, { limit: 100 })).reservations.size).toBe(99);
    const { readUnits, writeUnits } = meter.since(before);
    // 99 items of some 120 bytes, and the sums: 12 KB.
    expect(readUnits).toBeLessThanOrEqual(4);
    expect(writeUnits).toBe(0);
  });

  it('of a name are replaced by those that come later', async () => {
    await add(files(10, 'a', 'b'));
    clock.advance(600_000); // another bucket
    await add(files(30, 'a'));
    expect(await sums()).toEqual({ images: 2, bytes: 40 });
    await store().release(tenant, [id('a')]);
    expect(await sums()).toEqual({ images: 1, bytes: 10 });
  });

  it('of a later form stay where an earlier one ends at that moment', async () => {
    await add(files(10, 'a', 'b'));
    meanwhile = () => add(files(30, 'a'));
    await store().release(tenant, [id('a'), id('b')]);
    expect(await sums()).toEqual({ images: 1, bytes: 30 });
    expect([...(await store().of(tenant, [id('a'), id('b')])).values()]).toMatchObject([{ bytes: 30 }]);
  });

  it('are not made on sums that have changed since they were seen', async () => {
    const none = await store().sums(tenant);
    expect(await store().add(tenant, none, files(1, 'a'), clock.nowMs() + 1, NONE)).toBe(true);
    expect(await store().add(tenant, none, files(1, 'b'), clock.nowMs() + 1, NONE)).toBe(false);
    const one = await store().sums(tenant);
    await store().release(tenant, [id('a')]);
    expect(await store().add(tenant, one, files(1, 'b'), clock.nowMs() + 1, NONE)).toBe(false);
    expect(await sums()).toEqual({ images: 0, bytes: 0 });
  });

  it('last as long as they are asked for, end within five minutes after that, and leave nothing behind', async () => {
    await add(files(10, 'a'));
    clock.advance(FIFTEEN_MIN_MS - 1);
    expect(await sums()).toEqual({ images: 1, bytes: 10 });
    clock.advance(300_000);
    expect(await sums()).toEqual({ images: 0, bytes: 0 });
    expect(await store().of(tenant, [id('a')])).toEqual(new Map());
    // Its event may still come, and its owner may still delete it.
    expect(await store().nameOf(tenant, id('a'))).toBe('a');
    expect(await store().nameOf(tenant, id('never'))).toBeUndefined();
    await add(files(7, 'b'));
    await store().release(tenant, [id('a')]); // DynamoDB takes days to remove it
    expect(await sums()).toEqual({ images: 1, bytes: 7 });
    const { Items } = await client.send(new ScanCommand({ TableName: 'images' }));
    const mine = Items!.filter(({ pk }) => pk!.S === `${tenant}/invited`);
    const { sk: _sk, pk: _pk, ...kept } = mine.find(({ sk }) => sk!.S === 'sums')!;
    expect(Object.keys(kept).filter((name) => /^[ib]\d/.test(name))).toHaveLength(2);
    const endOf = (sk: string) =>
      Number(mine.find((item) => item['sk']!.S === sk)!['expiresAtSec']!.N) * 1000;
    expect(endOf('sums')).toBeGreaterThan(clock.nowMs());
    // As long as SQS keeps an event.
    expect(endOf(id('b'))).toBeGreaterThan(clock.nowMs() + 4 * 86_400_000);
  });

  it('cost two write units a file and for their sum; ending them costs as much and a read unit each, looking for them the latter', async () => {
    const cost = async (work: () => Promise<unknown>) => {
      const before = meter.snapshot();
      await work();
      const { readUnits, writeUnits } = meter.since(before);
      return { readUnits, writeUnits };
    };
    const hundred = files(1_000_000, ...Array.from({ length: 100 }, (_, i) => `${i}`));
    expect(await cost(() => add(hundred))).toEqual({ readUnits: 102, writeUnits: 202 });
    expect(await cost(() => add(hundred))).toEqual({ readUnits: 102, writeUnits: 204 });
    expect(await cost(() => store().release(tenant, [id('7')]))).toEqual({ readUnits: 1, writeUnits: 4 });
    expect(await cost(() => store().release(tenant, [id('7')]))).toEqual({ readUnits: 1, writeUnits: 0 });
  });
});

describe('reserving room', () => {
  /** What arrived, counted as the records are: before its reservation ends. */
  let stored = { images: 0, bytes: 0 };
  const deps = () => ({
    reservations: store(),
    records: { totals: () => Promise.resolve({ ...stored, moves: 0 }) },
    randomHex: (digits: number) => randomBytes(digits).toString('hex').slice(0, digits),
  });
  beforeEach(() => {
    stored = { images: 0, bytes: 0 };
  });
  const invite = (limits: { images: number; bytes: number }, ...room: ReturnType<typeof files>) =>
    reserveRoom(deps(), tenant, limits, () =>
      Promise.resolve(room.map((file) => ({ ...file, expiresAtMs: clock.nowMs() + FIFTEEN_MIN_MS }))),
    );

  it('lets in as many as have room while others arrive, and then nobody', async () => {
    const limits = { images: 8, bytes: 1e9 };
    const reserved = new Set<string>();
    const inviting = Array.from({ length: 16 }, async (_, i) => {
      try {
        await invite(limits, ...files(10, `${i}`));
        reserved.add(`${i}`);
        if (i % 2 > 0) return;
        stored = { images: stored.images + 1, bytes: stored.bytes + 10 };
        await store().release(tenant, [id(`${i}`)]);
      } catch (error) {
        expect(error).toMatchObject({
          code: expect.stringMatching(/^images_limit|invitations_busy$/) as string,
        });
      }
    });
    await Promise.all(inviting);
    const now = await sums();
    expect(now.images + stored.images).toBe(reserved.size);
    expect(reserved.size).toBeLessThanOrEqual(8);
    // What was refused while something was counted twice has room now.
    for (let i = reserved.size; i < 8; i += 1) await invite(limits, ...files(10, `later ${i}`));
    await expect(invite(limits, ...files(10, 'one more'))).rejects.toMatchObject({ code: 'images_limit' });
  });

  it('keeps the larger size of a name that is invited twice, since either form can be used', async () => {
    const limits = { images: 10, bytes: 100 };
    await invite(limits, ...files(90, 'a'));
    await invite(limits, ...files(1, 'a'));
    await expect(invite(limits, ...files(11, 'b'))).rejects.toMatchObject({ code: 'bytes_limit' });
    await expect(invite(limits, ...files(101, 'a'))).rejects.toMatchObject({ code: 'bytes_limit' });
    await invite(limits, ...files(100, 'a'));
    expect(await sums()).toEqual({ images: 1, bytes: 100 });
  });

  it('lets others in when nothing has come for as long as a form can be used, and some minutes', async () => {
    const limits = { images: 1, bytes: 100 };
    await invite(limits, ...files(1, 'a'));
    clock.advance(FIFTEEN_MIN_MS + 299_000);
    await expect(invite(limits, ...files(1, 'b'))).rejects.toMatchObject({ code: 'images_limit' });
    clock.advance(301_000);
    await invite(limits, ...files(1, 'b'));
  });

  it('says so when the sums do not stand still', async () => {
    const restless = {
      ...deps(),
      randomHex: () => '000000',
      reservations: { ...store(), add: () => Promise.resolve(false) },
    };
    const one = { ...files(1, 'a')[0]!, expiresAtMs: clock.nowMs() };
    await expect(
      reserveRoom(restless, tenant, { images: 1, bytes: 1 }, () => Promise.resolve([one])),
    ).rejects.toMatchObject({
      kind: 'throttled',
      code: 'invitations_busy',
    });
    expect(await sums()).toEqual({ images: 0, bytes: 0 });
  });
});
