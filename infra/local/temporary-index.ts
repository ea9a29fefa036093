import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { itemTableRequest } from './item-table-request.ts';
import { startDynamoDb } from './servers/dynamodb-server.ts';
import { dynamoGlosses } from '../../lib/adapters/dynamo-glosses.ts';
import { dynamoUsage } from '../../lib/adapters/dynamo-usage.ts';
import { dynamoImageRecords } from '../../lib/adapters/dynamo-image-records.ts';
import { dynamoManifests } from '../../lib/adapters/dynamo-manifests.ts';
import { meterCapacity } from '../../lib/adapters/dynamo-meter.ts';
import { dynamoReservations } from '../../lib/adapters/dynamo-reservations.ts';
import { dynamoSegmentStore } from '../../lib/adapters/dynamo-segment-store.ts';
import { dynamoWaitingImages, dynamoWaitingTenants } from '../../lib/adapters/dynamo-waiting-images.ts';
import { unlogged } from '../../lib/adapters/unlogged.ts';
import type { CapacityMeter } from '../../lib/domain/capacity-meter.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';
import type { IndexMessage, MergeMessage } from '../../lib/domain/messages.ts';
import { ENGLISH, type Analyzer } from '../../lib/text/analyzer.ts';
import { indexGlosses } from '../../lib/steps/index/index-glosses.ts';
import { mergeSegments } from '../../lib/steps/index/merge-segments.ts';

const INDEX_BATCH = 100;

/**
 * The index of one command, in memory and gone with it: the real adapters and steps on an embedded DynamoDB. Its
 * queues keep their messages until `settle`, which indexes and merges until nothing is left to do.
 * @param analyzer of the language of the documents
 * @param meter counts what DynamoDB says that requests consume
 */
export async function openTemporaryIndex({
  meter,
  analyzer = ENGLISH,
}: { readonly meter?: CapacityMeter; readonly analyzer?: Analyzer } = {}) {
  const server = await startDynamoDb({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = unlogged(
    new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials }),
  );
  if (meter) meterCapacity(client, meter);
  for (const table of ['images', 'index']) await client.send(itemTableRequest(table));

  const clock = { nowMs: () => Date.now() };
  const indexMessages: IndexMessage[] = [];
  const mergeMessages: MergeMessage[] = [];
  const deps = {
    manifests: dynamoManifests(client, 'index'),
    segments: dynamoSegmentStore(client, 'index'),
    records: dynamoImageRecords(client, 'images'),
    glosses: dynamoGlosses(client, 'images', clock),
    usage: dynamoUsage(client, 'images'),
    reservations: dynamoReservations(client, 'images', clock),
    waiting: dynamoWaitingImages(client, 'images'),
    waitingTenants: dynamoWaitingTenants(client, 'images'),
    // There is no bucket.
    objectTimes: { find: () => Promise.resolve(undefined) },
    indexQueue: collectInto(indexMessages),
    bulkIndexQueue: collectInto(indexMessages),
    mergeQueue: collectInto(mergeMessages),
    analyzer,
    clock,
    randomHex: (digits: number) => randomBytes(digits).toString('hex').slice(0, digits),
  };

  return {
    deps,
    client,
    endpoint: server.endpoint,
    async settle(tenant: TenantId): Promise<void> {
      while (indexMessages.length > 0) {
        const batch = indexMessages.splice(0, INDEX_BATCH);
        await indexGlosses(
          deps,
          tenant,
          batch.map(({ imageId }) => imageId),
        );
        // Nobody else reads this store, so segments that a merge replaced may simply stay.
        if (mergeMessages.splice(0).some(({ task }) => task === 'merge')) {
          while ((await mergeSegments(deps, tenant)).merged > 0);
        }
      }
    },
    async close(): Promise<void> {
      client.destroy();
      await server.close();
    },
  };
}

export type TemporaryIndex = Awaited<ReturnType<typeof openTemporaryIndex>>;

function collectInto<Message>(messages: Message[]): MessageQueue<Message> {
  return {
    send(sent) {
      messages.push(...sent);
      return Promise.resolve();
    },
  };
}
