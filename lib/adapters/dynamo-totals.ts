import {
  GetItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { sizeOf, sumPartOf, type ImageRecord } from '../domain/image.ts';
import type { TenantId } from '../domain/ids.ts';
import { SUM_PARTS, type KeptTotals, type Moved, type Totals } from '../domain/usage.ts';
import { UnreadableRecord } from '../domain/unreadable.ts';
import type { CountedPart, Room, StoredRecord } from '../ports/image-records.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { putIf, type Condition } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';

/**
 * Sums over the images of a tenant in the images table: pk `<tenant>/totals`, one item. Beside the sums it has what was added to each part
 * of the images: all of it stays below a kilobyte, which is one write unit.
 */
const totalsKey = (tenant: TenantId): Item => keyOf({ pk: tenantPartition(tenant, 'totals'), sk: 'totals' });

/** By how much a change of a record moves the sums. */
export function totalsMoved(before: StoredRecord | undefined, after: ImageRecord): Totals {
  // What is not known of it a sweep counts anew.
  const [had, has] = [sizeOf(before instanceof UnreadableRecord ? before.known : before), sizeOf(after)];
  return { images: has.images - had.images, bytes: has.bytes - had.bytes };
}

/** By how much changes move the sums of each part that they move. */
export function partsMoved(
  changes: readonly { readonly before: StoredRecord | undefined; readonly after: ImageRecord }[],
): ReadonlyMap<number, Totals> {
  const parts = new Map<number, Totals>();
  for (const { before, after } of changes) {
    const { images, bytes } = totalsMoved(before, after);
    if (images === 0 && bytes === 0) continue;
    const part = sumPartOf(after.imageId);
    const known = parts.get(part) ?? { images: 0, bytes: 0 };
    parts.set(part, { images: known.images + images, bytes: known.bytes + bytes });
  }
  return parts;
}

export const sumOf = (all: Iterable<Totals>): Totals =>
  [...all].reduce((sum, { images, bytes }) => ({ images: sum.images + images, bytes: sum.bytes + bytes }), {
    images: 0,
    bytes: 0,
  });

/**
 * The write that moves the sums.
 * @param room where there has to be room for it afterwards
 */
export function totalsUpdate(
  table: string,
  tenant: TenantId,
  parts: ReadonlyMap<number, Totals>,
  room: Room | undefined,
): TransactWriteItem {
  const moved = sumOf(parts.values());
  const held = room ? SUMS.filter((sum) => room.asked[sum] > 0) : [];
  const mostBefore = (sum: Sum) => room!.limits[sum] - moved[sum];
  const added = [
    ['images', moved.images],
    ['bytes', moved.bytes],
    ['moves', 1],
    ...[...parts].flatMap(([part, { images, bytes }]) => {
      const names = namesOf(part);
      return [[names.images, images] as const, [names.bytes, bytes] as const, [names.moves, 1] as const];
    }),
  ] as const;
  return {
    Update: {
      TableName: table,
      Key: totalsKey(tenant),
      UpdateExpression: `ADD ${added.map(([name]) => `${name} :${name}`).join(', ')}`,
      ...(held.length > 0 && {
        ConditionExpression: held.map((sum) => hasRoom(sum, mostBefore(sum))).join(' AND '),
      }),
      ExpressionAttributeValues: {
        ...Object.fromEntries(added.map(([name, number]) => [`:${name}`, { N: String(number) }])),
        ...Object.fromEntries(held.map((sum) => [`:${sum}Before`, { N: String(mostBefore(sum)) }])),
      },
    },
  };
}

/** A sum that is not there is zero. */
const hasRoom = (sum: Sum, mostBefore: number): string =>
  mostBefore < 0 ? `${sum} <= :${sum}Before` : `(attribute_not_exists(${sum}) OR ${sum} <= :${sum}Before)`;

const SUMS = ['images', 'bytes'] as const;
type Sum = (typeof SUMS)[number];

/** What the attributes of a part are called; none is a word of the expression language. */
function namesOf(part: number): Readonly<Record<keyof Moved, string>> {
  const digit = part.toString(16);
  return { images: `images${digit}`, bytes: `bytes${digit}`, moves: `moves${digit}` };
}

async function readItem(client: DynamoDBClient, table: string, tenant: TenantId): Promise<Item | undefined> {
  const request = new GetItemCommand({ TableName: table, Key: totalsKey(tenant), ConsistentRead: true });
  return (await dynamo(client.send(request))).Item;
}

/** The sums, and how often they moved. What is no count is zero, and a sweep counts anew. */
export async function readTotals(
  client: DynamoDBClient,
  table: string,
  tenant: TenantId,
): Promise<KeptTotals> {
  const item = await readItem(client, table, tenant);
  const damage = noNumbersIn(item);
  return {
    images: countIn(item, 'images'),
    bytes: countIn(item, 'bytes'),
    moves: countIn(item, 'moves'),
    ...(damage.length > 0 && { damage: `${damage.join(', ')} no number` }),
  };
}

/**
 * Puts zero where something else than a number stands, to which nothing can be added. The next sweep counts anew.
 * @returns the attributes; none where all of them are numbers
 */
export async function mendTotals(
  client: DynamoDBClient,
  table: string,
  tenant: TenantId,
): Promise<readonly string[]> {
  const wrong = noNumbersIn(await readItem(client, table, tenant));
  if (wrong.length === 0) return [];
  // Whoever else mends it has the same work.
  await conditionally(
    client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: totalsKey(tenant),
        UpdateExpression: `SET ${wrong.map((name) => `${name} = :zero`).join(', ')}`,
        ConditionExpression: wrong.map((name) => `NOT attribute_type(${name}, :number)`).join(' AND '),
        ExpressionAttributeValues: { ':zero': { N: '0' }, ':number': { S: 'N' } },
      }),
    ),
  );
  return wrong;
}

/** What was added to each part. */
export async function readMoved(
  client: DynamoDBClient,
  table: string,
  tenant: TenantId,
): Promise<readonly Moved[]> {
  return movedIn(await readItem(client, table, tenant));
}

const movedIn = (item: Item | undefined): readonly Moved[] =>
  Array.from({ length: SUM_PARTS }, (_, part) => {
    const names = namesOf(part);
    return {
      images: numberIn(item, names.images),
      bytes: numberIn(item, names.bytes),
      moves: countIn(item, names.moves),
    };
  });

const numberIn = (item: Item | undefined, name: string): number => {
  const number = Number(item?.[name]?.N);
  return Number.isSafeInteger(number) ? number : 0;
};
const countIn = (item: Item | undefined, name: string): number => Math.max(0, numberIn(item, name));

/** Between the read and the write of a correction something may move: a few milliseconds. */
const MAX_CORRECTIONS = 8;

/**
 * Puts right sums in the place of wrong ones: what was counted, and what was added to each part since. Whatever in the item is no number is
 * put right, too.
 * @returns whether it was; false also where sums were lost since they were counted
 */
export async function correctTotals(
  client: DynamoDBClient,
  table: string,
  tenant: TenantId,
  counted: readonly CountedPart[],
): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_CORRECTIONS; attempt += 1) {
    const item = await readItem(client, table, tenant);
    const moved = movedIn(item);
    if (counted.some(({ at }, part) => moved[part]!.moves < at.moves)) return false;
    const { images, bytes } = sumOf(
      counted.flatMap(({ images, bytes, at }, part) => [
        { images, bytes },
        { images: moved[part]!.images - at.images, bytes: moved[part]!.bytes - at.bytes },
      ]),
    );
    // More went since than was there: part of it is not known.
    if (images < 0 || bytes < 0) return false;
    const right = numbersOf({ images, bytes, moves: countIn(item, 'moves') + 1 }, moved);
    if (isRight(item, { ...right, moves: String(countIn(item, 'moves')) })) return false;
    const next = Object.fromEntries(Object.entries(right).map(([name, N]) => [name, { N }]));
    if (await putIf(client, table, { ...totalsKey(tenant), ...next }, isUnmoved(item))) return true;
  }
  return false;
}

/** All numbers of the item; a part that never moved has none. */
const numbersOf = (
  { images, bytes, moves }: KeptTotals,
  parts: readonly Moved[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [
      ['images', images],
      ['bytes', bytes],
      ['moves', moves],
      ...parts.flatMap((moved, part) => {
        const names = namesOf(part);
        return moved.moves === 0 ? [] : KEYS.map((key) => [names[key], moved[key]] as const);
      }),
    ].map(([name, number]) => [name, String(number)]),
  );
const KEYS = ['images', 'bytes', 'moves'] as const;
const NUMBERS = [
  ...KEYS,
  ...Array.from({ length: SUM_PARTS }, (_, part) => Object.values(namesOf(part))).flat(),
];

/** Attributes that are there and no numbers. */
const noNumbersIn = (item: Item | undefined): string[] =>
  NUMBERS.filter((name) => item?.[name] !== undefined && item[name].N === undefined);

/** Whether an item has these numbers, and nothing else where a number belongs. One that is not there has zeros. */
function isRight(item: Item | undefined, numbers: Readonly<Record<string, string>>): boolean {
  return NUMBERS.every((name) => {
    const value = item?.[name];
    return value === undefined ? (numbers[name] ?? '0') === '0' : value.N === (numbers[name] ?? '0');
  });
}

/** The condition that nothing has moved since an item was read. Nothing can be added to what is no number. */
function isUnmoved(item: Item | undefined): Condition {
  const moves = item?.['moves'];
  return moves?.N === undefined
    ? { expression: 'NOT attribute_type(moves, :number)', values: { ':number': { S: 'N' } } }
    : { expression: 'moves = :moves', values: { ':moves': moves } };
}
