import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type AttributeValue,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { GlossError } from '../domain/errors.ts';
import { dynamo } from './dynamo-errors.ts';
import { pkValue, type PartitionKey } from './partitions.ts';

export type Item = Record<string, AttributeValue>;
/** Primary key of an item in Gloss's tables. */
export interface PrimaryKey {
  readonly pk: PartitionKey;
  readonly sk: string;
}

/** Limits of one request: Amazon DynamoDB Developer Guide, "Quotas". */
const GET_KEYS = 100;
const WRITE_REQUESTS = 25;
const WRITE_BYTES = 4_000_000;
const MAX_ROUNDS = 8;
const PARALLEL_WRITES = 4;

export const keyOf = ({ pk, sk }: PrimaryKey): Item => ({ pk: pkValue(pk), sk: { S: sk } });
const nameOf = (item: Item): string => `${item['pk']!.S!}\n${item['sk']!.S!}`;

/**
 * The existing items, in the order of the keys, which may be repeated. All requests of a round run in parallel.
 */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly PrimaryKey[],
  options: { readonly consistent: boolean },
): Promise<(Item | undefined)[]> {
  const wanted = new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, keyOf(key)]));
  const found = new Map<string, Item>();
  await Promise.all(
    chunksOf([...wanted.values()], GET_KEYS).map(async (chunk) => {
      let pending: Item[] = chunk;
      for (let round = 0; pending.length > 0; round += 1) {
        await pauseBefore(round);
        const answer = await dynamo(
          client.send(
            new BatchGetItemCommand({
              RequestItems: { [table]: { Keys: pending, ConsistentRead: options.consistent } },
            }),
          ),
        );
        for (const item of answer.Responses?.[table] ?? []) found.set(nameOf(item), item);
        pending = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }),
  );
  return keys.map(({ pk, sk }) => found.get(`${pk}\n${sk}`));
}

/** Puts or deletes items, 25 a request and a few requests at a time. Reads the iterable as it goes. */
export async function batchWrite(
  client: DynamoDBClient,
  table: string,
  requests: Iterable<WriteRequest>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (const chunk of writeChunks(requests)) {
    const write = writeChunk(client, table, chunk)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(write));
    running.add(write);
    if (running.size >= PARALLEL_WRITES) await Promise.race(running);
    if (failures.length > 0) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

async function writeChunk(client: DynamoDBClient, table: string, chunk: WriteRequest[]): Promise<void> {
  let pending = chunk;
  for (let round = 0; pending.length > 0; round += 1) {
    await pauseBefore(round);
    const answer = await dynamo(
      client.send(new BatchWriteItemCommand({ RequestItems: { [table]: pending } })),
    );
    pending = answer.UnprocessedItems?.[table] ?? [];
  }
}

/**
 * DynamoDB returns the keys that it had no capacity for, and asks for exponential waits before they are sent
 * again.
 */
async function pauseBefore(round: number): Promise<void> {
  if (round === 0) return;
  if (round >= MAX_ROUNDS)
    throw new GlossError('throttled', 'store_throttled', 'the store keeps leaving items unprocessed');
  await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** round));
}

function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function* writeChunks(requests: Iterable<WriteRequest>): Generator<WriteRequest[]> {
  let chunk: WriteRequest[] = [];
  let bytes = 0;
  for (const request of requests) {
    const size = request.PutRequest?.Item?.['body']?.B?.length ?? 0;
    if (chunk.length === WRITE_REQUESTS || (chunk.length > 0 && bytes + size > WRITE_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(request);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}
