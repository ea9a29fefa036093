import {
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { isImageId } from '../domain/ids.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import { WAIT_CODES } from '../domain/wait-code.ts';
import {
  WAIT_LANES,
  type WaitingImage,
  type WaitingImages,
  type WaitingTenants,
} from '../ports/waiting-images.ts';
import { batchWrite, keyOf, type Item } from './dynamo-batch.ts';
import { dynamo } from './dynamo-errors.ts';
import { namesIn } from './dynamo-names.ts';
import { globalPartition, pkValue, tenantPartition } from './partitions.ts';
import { amount, count, readableAgain, readFields, sequencer } from './stored-json.ts';

/** Milliseconds of some thousand years, so that times are in order as text. */
const TIME_DIGITS = 14;

const timeText = (ms: number): string => String(ms).padStart(TIME_DIGITS, '0');

/** An image that waits again has another key: who takes the first off the list leaves the second there. */
const sortKeyOf = ({ lane, sinceMs, untilMs, imageId, parkedAtMs }: WaitingImage): string =>
  [lane, timeText(lane === 'budget' ? sinceMs : untilMs), imageId, timeText(parkedAtMs)].join('/');

/** Behind every time of a lane. */
const END_OF_TIME = '9'.repeat(TIME_DIGITS + 1);

const FORMS = {
  lane: z.literal(WAIT_LANES),
  code: z.literal(WAIT_CODES),
  imageId: z.string().refine(isImageId),
  name: z.string(),
  bytes: count,
  storedAtMs: amount,
  sequencer,
  sinceMs: amount,
  parkedAtMs: amount,
  untilMs: amount,
};

/**
 * Images that wait, in the images table: pk `<tenant>/waiting`, sk `<lane>/<time>/<image id>/<parked>`. A write unit an image.
 * @param onUnreadable hears of each that was read and cannot be; it is taken off the list, and a sweep of records finds its image
 */
export function dynamoWaitingImages(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): WaitingImages {
  const read = (item: Item): WaitingImage | Unreadable => {
    const sk = item['sk']!.S!;
    const { fields, problem } = readFields(item, 'waiting', FORMS);
    const image = fields as unknown as WaitingImage;
    if (problem !== undefined) return new Unreadable('waiting', sk, problem);
    return sortKeyOf(image) === sk ? image : new Unreadable('waiting', sk, 'it has the key of another');
  };

  return {
    async add(tenant, image) {
      const key = { pk: tenantPartition(tenant, 'waiting'), sk: sortKeyOf(image) };
      const item: Item = { ...keyOf(key), waiting: { S: JSON.stringify(image) } };
      const Item = readableAgain(item, read(item));
      await dynamo(client.send(new PutItemCommand({ TableName: table, Item })));
    },

    async list(tenant, lane, { limit, fromMs = 0, toMs, consistent = false }) {
      const { Items = [] } = await dynamo(
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            ExpressionAttributeValues: {
              ':pk': pkValue(tenantPartition(tenant, 'waiting')),
              ':from': { S: `${lane}/${timeText(fromMs)}` },
              ':to': { S: `${lane}/${toMs === undefined ? END_OF_TIME : timeText(toMs + 1)}` },
            },
            ConsistentRead: consistent,
            Limit: limit,
          }),
        ),
      );
      const images: WaitingImage[] = [];
      for (const item of Items) {
        const image = read(item);
        if (!(image instanceof Unreadable)) images.push(image);
        else if (!image.isOfLaterFormat) {
          onUnreadable(image);
          const Key = { pk: item['pk']!, sk: item['sk']! };
          await dynamo(client.send(new DeleteItemCommand({ TableName: table, Key })));
        }
      }
      return images;
    },

    remove: (tenant, images) =>
      batchWrite(
        client,
        table,
        images.map((image) => ({
          DeleteRequest: {
            Key: keyOf({ pk: tenantPartition(tenant, 'waiting'), sk: sortKeyOf(image) }),
          },
        })),
      ),
  };
}

/** Pk `_waiting` of the tenants table, sk the name of a tenant that has images that wait. */
export function dynamoWaitingTenants(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): WaitingTenants {
  const pk = globalPartition('waiting');
  return {
    async addName(tenant) {
      await dynamo(client.send(new PutItemCommand({ TableName: table, Item: keyOf({ pk, sk: tenant }) })));
    },
    async removeName(tenant) {
      const Key = keyOf({ pk, sk: tenant });
      await dynamo(client.send(new DeleteItemCommand({ TableName: table, Key })));
    },
    names: (page) => namesIn(client, table, pk, page, onUnreadable),
  };
}
