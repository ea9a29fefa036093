import {
  GetItemCommand,
  PutItemCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { parseImageId, type ImageId, type TenantId } from '../domain/ids.ts';
import type { Reservation, Reservations, Reserved } from '../ports/reservations.ts';
import type { Clock } from '../ports/runtime.ts';
import { batchGet, keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { transact } from './dynamo-transaction.ts';
import { newWriter, updateIf } from './own-writes.ts';
import { tenantPartition } from './partitions.ts';

/** Reservations that end within so much time are summed together, and end together. */
const BUCKET_SEC = 300;

/** For as long an event may wait that an upload has arrived: an invited name is known until then. Four days, as SQS keeps messages. */
const EVENT_SEC = 345_600;

/** What one bucket holds; it is named by the time at which it ends, in `BUCKET_SEC`. */
interface Bucket {
  readonly bucket: number;
  readonly images: number;
  readonly bytes: number;
}

/**
 * Reservations in the images table: pk `<tenant>/invited`, sk the image id, its name, bytes and SHA-256 beside its bucket; and sk `sums`, which is no
 * image id: the images `i<bucket>` and bytes `b<bucket>` of each bucket beside a revision. Items expire.
 *
 * The sums are raised before an item is written, and lowered after it was replaced, by whoever did that, or together with its release.
 * So a worker that dies while it invites, and one that replaces and whose answer was lost, leaves sums that are too high until the bucket
 * ends, and never too low.
 *
 * Adding n files costs n + 1 write units, and two more for each bucket in which reservations were replaced. Releasing costs a read unit, and
 * four write units where there was a reservation.
 */
export function dynamoReservations(client: DynamoDBClient, table: string, clock: Clock): Reservations {
  const keyFor = (tenant: TenantId, sk: string) => ({ pk: tenantPartition(tenant, 'invited'), sk });
  const hasEnded = (bucket: number) => bucket * BUCKET_SEC * 1000 <= clock.nowMs();

  function raise(tenant: TenantId, { revision, ended }: Reserved, more: Bucket) {
    const remove =
      ended.length > 0 ? ` REMOVE ${ended.map((bucket) => `i${bucket}, b${bucket}`).join(', ')}` : '';
    return updateIf(client, (writer) => ({
      TableName: table,
      Key: keyOf(keyFor(tenant, 'sums')),
      UpdateExpression: `SET expiresAtSec = :end, writer = :writer ADD revision :one, i${more.bucket} :images, b${more.bucket} :bytes${remove}`,
      ConditionExpression: revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :seen',
      ExpressionAttributeValues: {
        ...numbers({
          ':end': more.bucket * BUCKET_SEC,
          ':one': 1,
          ':images': more.images,
          ':bytes': more.bytes,
        }),
        ...(revision > 0 && numbers({ ':seen': revision })),
        ':writer': writer,
      },
    }));
  }

  async function get(tenant: TenantId, sk: string): Promise<Item | undefined> {
    const Key = keyOf(keyFor(tenant, sk));
    const { Item } = await dynamo(
      client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item;
  }

  const less = (tenant: TenantId, { bucket, images, bytes }: Bucket): TransactWriteItem => ({
    Update: {
      TableName: table,
      Key: keyOf(keyFor(tenant, 'sums')),
      UpdateExpression: `ADD revision :one, i${bucket} :images, b${bucket} :bytes`,
      ConditionExpression: `attribute_exists(i${bucket})`, // gone with its time
      ExpressionAttributeValues: numbers({ ':one': 1, ':images': -images, ':bytes': -bytes }),
    },
  });

  async function lower(tenant: TenantId, bucket: Bucket): Promise<void> {
    if (hasEnded(bucket.bucket)) return;
    // A transaction, so that what is asked for twice, its answer having been lost, is taken away once.
    await transact(client, [less(tenant, bucket)]);
  }

  /** Takes a reservation and its share of the sums away together. @returns false where it is another one by now */
  async function end(tenant: TenantId, imageId: ImageId, item: Item): Promise<boolean> {
    const refused = await transact(client, [
      {
        Delete: {
          TableName: table,
          Key: keyOf(keyFor(tenant, imageId)),
          ConditionExpression: 'writer = :seen',
          ExpressionAttributeValues: { ':seen': item['writer']! },
        },
      },
      less(tenant, toBucket(item)),
    ]);
    return !refused.includes(0);
  }

  /** @returns what the name had reserved before; undefined where that is its own, the SDK having asked twice */
  async function put(tenant: TenantId, { imageId, name, bytes, sha256 }: Reservation, bucket: number) {
    const writer = newWriter();
    const { Attributes } = await dynamo(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            ...keyOf(keyFor(tenant, imageId)),
            name: { S: name },
            writer,
            ...(sha256 !== undefined && { sha256: { S: sha256 } }),
            ...numbers({ bytes, bucket, expiresAtSec: bucket * BUCKET_SEC + EVENT_SEC }),
          },
          ReturnValues: 'ALL_OLD',
        }),
      ),
    );
    return Attributes && Attributes['writer']?.S !== writer.S ? toBucket(Attributes) : undefined;
  }

  return {
    async sums(tenant) {
      const item = (await get(tenant, 'sums')) ?? {};
      const going = bucketsOf(item).filter(({ bucket }) => !hasEnded(bucket));
      const ended = bucketsOf(item).filter(({ bucket }) => hasEnded(bucket));
      return {
        revision: numberOf(item, 'revision'),
        images: going.reduce((sum, { images }) => sum + images, 0),
        bytes: going.reduce((sum, { bytes }) => sum + bytes, 0),
        ended: ended.map(({ bucket }) => bucket),
      };
    },

    async of(tenant, imageIds) {
      const keys = imageIds.map((imageId) => keyFor(tenant, imageId));
      const items = await batchGet(client, table, keys, { consistent: true });
      const going = items
        .filter((item) => item !== undefined)
        .filter((item) => !hasEnded(toBucket(item).bucket));
      return new Map(
        going.map((item) => {
          const sha256 = item['sha256']?.S;
          return [
            parseImageId(item['sk']!.S!),
            { bytes: toBucket(item).bytes, ...(sha256 !== undefined && { sha256 }) },
          ];
        }),
      );
    },

    async nameOf(tenant, imageId) {
      const item = await get(tenant, imageId);
      return item?.['name']?.S;
    },

    async add(tenant, seen, reservations, untilMs) {
      const bucket = Math.ceil(untilMs / 1000 / BUCKET_SEC);
      const bytes = reservations.reduce((sum, reservation) => sum + reservation.bytes, 0);
      if (!(await raise(tenant, seen, { bucket, images: reservations.length, bytes }))) return false;
      const replaced = await Promise.all(reservations.map((reservation) => put(tenant, reservation, bucket)));
      for (const one of byBucket(replaced.filter((old) => old !== undefined))) await lower(tenant, one);
      return true;
    },

    async release(tenant, imageId) {
      for (;;) {
        const item = await get(tenant, imageId);
        if (!item || hasEnded(toBucket(item).bucket)) return;
        if (await end(tenant, imageId, item)) return;
      }
    },
  };
}

const numbers = (values: Readonly<Record<string, number>>): Item =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { N: String(value) }]));
const numberOf = (item: Item, name: string): number => Number(item[name]?.N ?? 0);

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
