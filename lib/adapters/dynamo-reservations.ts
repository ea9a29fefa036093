import { GetItemCommand, type DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { isImageId, parseImageId, type ImageId, type TenantId } from '../domain/ids.ts';
import { partsOf } from '../domain/parts-of.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { HeldReservation, Reservation, Reservations, Reserved } from '../ports/reservations.ts';
import type { Clock } from '../ports/runtime.ts';
import { batchGet, keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { queryPage } from './dynamo-query.ts';
import { MAX_TRANSACTION_ITEMS, transact } from './dynamo-transaction.ts';
import { newWriter } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';

/** Reservations that end within so much time are summed together, and end together. */
const BUCKET_SEC = 300;

/** For as long an event may wait that an upload has arrived: an invited name is known until then. Four days, as SQS keeps messages. */
const EVENT_SEC = 345_600;

/** Each means that one of the names was invited again meanwhile. What is left ends by itself. */
const MAX_TURNS = 10;

/** What one bucket holds; it is named by the time at which it ends, in `BUCKET_SEC`. */
interface Bucket {
  readonly bucket: number;
  readonly images: number;
  readonly bytes: number;
}

/**
 * Reservations in the images table: pk `<tenant>/invited`, sk the image id, its name, bytes, SHA-256 and `ofFew` beside its bucket; and sk `sums`, which is no
 * image id: the images `i<bucket>` and bytes `b<bucket>` of each bucket beside a revision. Items expire.
 *
 * Reservations and sums change together, in one transaction that counts once however often the SDK asks for it. Of an addition of a
 * hundred files the last one follows in a transaction of its own: a worker that dies before it leaves sums that are too high until the
 * bucket ends.
 *
 * Adding n files costs 2n + 2 write units. Releasing n costs a read unit each, and 2m + 2 write units for the m that were reserved. A page of a list is one
 * query.
 * @param onUnreadable hears of sums that were read and are no numbers
 */
export function dynamoReservations(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
  onUnreadable: OnUnreadable = () => undefined,
): Reservations {
  const keyFor = (tenant: TenantId, sk: string) => ({ pk: tenantPartition(tenant, 'invited'), sk });
  const hasEnded = (bucket: number) => endOf(bucket) <= clock.nowMs();

  async function get(tenant: TenantId, sk: string): Promise<Item | undefined> {
    const Key = keyOf(keyFor(tenant, sk));
    const { Item } = await dynamo(
      client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item;
  }

  /** Those that are reserved now. */
  async function going(tenant: TenantId, imageIds: readonly ImageId[]): Promise<Item[]> {
    const keys = imageIds.map((imageId) => keyFor(tenant, imageId));
    const items = await batchGet(client, table, keys, { consistent: true });
    return items.filter((item) => item !== undefined).filter(isGoing);
  }
  const isGoing = (item: Item) => isWhole(item) && !hasEnded(toBucket(item).bucket);

  /** Adds to sums, and takes away from them. @param seen the revision that they must have; any, with these buckets, when left out */
  function change(
    tenant: TenantId,
    changes: readonly Bucket[],
    seen?: Reserved & { readonly untilSec: number },
  ): TransactWriteItem {
    const sums = byBucket(changes);
    const remove =
      seen && seen.ended.length > 0
        ? ` REMOVE ${seen.ended.map((bucket) => `i${bucket}, b${bucket}`).join(', ')}`
        : '';
    const add = sums.map(({ bucket }, i) => `, i${bucket} :images${i}, b${bucket} :bytes${i}`).join('');
    const there = seen
      ? // Where nothing is there, or it is lost, it is zero.
        `${seen.revision === 0 ? 'attribute_not_exists(revision) OR ' : ''}revision = :seen`
      : sums.map(({ bucket }) => `attribute_exists(i${bucket})`).join(' AND '); // gone with its time
    return {
      Update: {
        TableName: table,
        Key: keyOf(keyFor(tenant, 'sums')),
        UpdateExpression: `${seen ? 'SET expiresAtSec = :end ' : ''}ADD revision :one${add}${remove}`,
        ConditionExpression: there,
        ExpressionAttributeValues: numbers({
          ':one': 1,
          ...Object.fromEntries(
            sums.flatMap(({ images, bytes }, i) => [
              [`:images${i}`, images],
              [`:bytes${i}`, bytes],
            ]),
          ),
          ...(seen && { ':end': seen.untilSec, ':seen': seen.revision }),
        }),
      },
    };
  }

  /** In the place of what was seen; undefined where nothing was reserved. */
  function put(
    tenant: TenantId,
    { imageId, name, bytes, sha256, ofFew }: Reservation,
    bucket: number,
    seen: string | undefined,
  ): TransactWriteItem {
    const nowBucket = Math.floor(clock.nowMs() / 1000 / BUCKET_SEC);
    return {
      Put: {
        TableName: table,
        Item: {
          ...keyOf(keyFor(tenant, imageId)),
          name: { S: name },
          writer: newWriter(),
          ...(sha256 !== undefined && { sha256: { S: sha256 } }),
          ...(ofFew && numbers({ ofFew: 1 })),
          ...numbers({ bytes, bucket, expiresAtSec: bucket * BUCKET_SEC + EVENT_SEC }),
        },
        ...(seen === undefined
          ? {
              // Also in the place of one that cannot be read: its room ends with its bucket.
              ConditionExpression:
                '#bucket <= :ended OR NOT attribute_type(#bucket, :number) OR NOT attribute_type(writer, :text)',
              ExpressionAttributeNames: { '#bucket': 'bucket' },
              ExpressionAttributeValues: {
                ...numbers({ ':ended': nowBucket }),
                ':number': { S: 'N' },
                ':text': { S: 'S' },
              },
            }
          : {
              ConditionExpression: 'writer = :seen',
              ExpressionAttributeValues: { ':seen': { S: seen } },
            }),
      },
    };
  }

  const remove = (item: Item): TransactWriteItem => ({
    Delete: {
      TableName: table,
      Key: { pk: item['pk']!, sk: item['sk']! },
      ConditionExpression: 'writer = :seen',
      ExpressionAttributeValues: { ':seen': item['writer']! },
    },
  });

  /** The one that a transaction has no room for, whose part of the sums is there already. */
  async function putAlone(tenant: TenantId, reservation: Reservation, bucket: number): Promise<void> {
    for (;;) {
      const [old] = await going(tenant, [reservation.imageId]);
      const items = [
        put(tenant, reservation, bucket, old?.['writer']!.S),
        ...(old ? [change(tenant, [minus(toBucket(old))])] : []),
      ];
      if ((await transact(client, items)).length === 0) return;
    }
  }

  async function releaseSome(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ImageId[]> {
    let items = await going(tenant, imageIds);
    const ofFew = items.filter((item) => item['ofFew'] !== undefined).map(({ sk }) => parseImageId(sk!.S!));
    for (let turn = 0; items.length > 0 && turn < MAX_TURNS; turn += 1) {
      const taken = items.map((item) => minus(toBucket(item)));
      const refused = await transact(client, [change(tenant, taken), ...items.map(remove)]);
      if (refused.length === 0) break;
      // What was invited again meanwhile is reserved for a later form, and stays.
      const seen = new Set(items.map(({ writer }) => writer!.S));
      items = (await going(tenant, imageIds)).filter(({ writer }) => seen.has(writer!.S));
    }
    return ofFew;
  }

  return {
    async sums(tenant) {
      const item = (await get(tenant, 'sums')) ?? {};
      const wrong = Object.keys(item).filter((name) => SUM.test(name) && item[name]!.N === undefined);
      if (wrong.length > 0) onUnreadable(new Unreadable('sums', tenant, `${wrong.join(', ')} no number`));
      const going = bucketsOf(item).filter(({ bucket }) => !hasEnded(bucket));
      const ended = bucketsOf(item).filter(({ bucket }) => hasEnded(bucket));
      return {
        revision: numberOf(item, 'revision'),
        images: going.reduce((sum, { images }) => sum + images, 0),
        bytes: going.reduce((sum, { bytes }) => sum + bytes, 0),
        ended: ended.map(({ bucket }) => bucket),
      };
    },

    of: async (tenant, imageIds) => heldIn(await going(tenant, imageIds)),

    async list(tenant, { limit, after }) {
      const page = { pk: tenantPartition(tenant, 'invited'), limit, after, consistent: true };
      const { items, next } = await queryPage(client, table, { ...page, isKey: isImageId });
      const reservations = heldIn(items.filter(isGoing));
      return next === undefined ? { reservations } : { reservations, next: next as ImageId };
    },

    async nameOf(tenant, imageId) {
      const item = await get(tenant, imageId);
      return item?.['name']?.S;
    },

    async add(tenant, seen, reservations, untilMs, held) {
      const bucket = Math.ceil(untilMs / 1000 / BUCKET_SEC);
      const first = reservations.slice(0, MAX_TRANSACTION_ITEMS - 1);
      const replaced = first
        .map(({ imageId }) => held.get(imageId))
        .filter((before) => before !== undefined)
        .map(({ bucket: earlier, bytes }) => minus({ bucket: earlier, images: 1, bytes }));
      const added = {
        bucket,
        images: reservations.length,
        bytes: reservations.reduce((sum, { bytes }) => sum + bytes, 0),
      };
      const refused = await transact(client, [
        change(tenant, [added, ...replaced], { ...seen, untilSec: bucket * BUCKET_SEC }),
        ...first.map((reservation) =>
          put(tenant, reservation, bucket, held.get(reservation.imageId)?.writer),
        ),
      ]);
      if (refused.length > 0) return false;
      for (const reservation of reservations.slice(first.length)) await putAlone(tenant, reservation, bucket);
      return true;
    },

    async release(tenant, imageIds) {
      const ofFew = new Set<ImageId>();
      for (const some of partsOf(imageIds, MAX_TRANSACTION_ITEMS - 1))
        for (const imageId of await releaseSome(tenant, some)) ofFew.add(imageId);
      return ofFew;
    },
  };
}

/** In milliseconds since 1970. */
const endOf = (bucket: number): number => bucket * BUCKET_SEC * 1000;

const minus = ({ bucket, images, bytes }: Bucket): Bucket => ({ bucket, images: -images, bytes: -bytes });

const numbers = (values: Readonly<Record<string, number>>): Item =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { N: String(value) }]));
const numberOf = (item: Item, name: string): number => Number(item[name]?.N ?? 0);
/** What the numbers of the sums are called. */
const SUM = /^(revision|[ib]\d+)$/;

const isWhole = ({ bucket, writer }: Item): boolean => bucket?.N !== undefined && writer?.S !== undefined;

function heldIn(items: readonly Item[]): ReadonlyMap<ImageId, HeldReservation> {
  return new Map(
    items.map((item) => {
      const { bucket, bytes } = toBucket(item);
      const [name, sha256] = [item['name']?.S, item['sha256']?.S];
      return [
        parseImageId(item['sk']!.S!),
        {
          bucket,
          endsAtMs: endOf(bucket),
          bytes,
          writer: item['writer']!.S!,
          ...(name !== undefined && { name }),
          ...(sha256 !== undefined && { sha256 }),
        },
      ];
    }),
  );
}

/** The reservation of one name. */
const toBucket = (item: Item): Bucket => ({
  bucket: numberOf(item, 'bucket'),
  images: 1,
  bytes: numberOf(item, 'bytes'),
});

const bucketsOf = (sums: Item): Bucket[] =>
  Object.keys(sums)
    .filter((name) => /^i\d+$/.test(name))
    .map((name) => ({
      bucket: Number(name.slice(1)),
      images: numberOf(sums, name),
      bytes: numberOf(sums, `b${name.slice(1)}`),
    }));

function byBucket(reservations: readonly Bucket[]): Bucket[] {
  const sums = new Map<number, Bucket>();
  for (const { bucket, images, bytes } of reservations) {
    const sum = sums.get(bucket) ?? { bucket, images: 0, bytes: 0 };
    sums.set(bucket, { bucket, images: sum.images + images, bytes: sum.bytes + bytes });
  }
  return [...sums.values()];
}
