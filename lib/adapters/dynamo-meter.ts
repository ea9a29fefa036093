import type {
  AttributeValue,
  ConsumedCapacity,
  DynamoDBClient,
  TransactWriteItem,
  WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { CapacityMeter } from '../domain/capacity-meter.ts';
import { itemBytes } from './capacity-units.ts';

type Item = Record<string, AttributeValue>;

/** The common shape of the inputs of single and batch writes and of transactions. */
interface WriteInput {
  readonly Item?: Item;
  readonly TransactItems?: readonly TransactWriteItem[];
  readonly RequestItems?: Readonly<Record<string, WriteRequest[]>>;
}

/** Where the answers of all counted requests have their items and their consumed units. */
interface Answer {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly Responses?: Readonly<Record<string, Item[]>>;
  readonly ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}

const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand']);
const WRITES = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);

/**
 * Counts every request of a client, by the units that DynamoDB reports. A write that its condition refused
 * consumes units too, but DynamoDB does not report how many.
 */
export function meterCapacity(client: DynamoDBClient, meter: CapacityMeter): void {
  let reading = 0;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const metered = { ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } };
        if (WRITES.has(commandName)) {
          meter.add({ writeRequests: 1, writtenBytes: bytesSent(args.input as WriteInput) });
          const written = await next(metered);
          meter.add({ writeUnits: unitsOf(written.output as Answer) });
          return written;
        }
        if (!READS.has(commandName)) return next(args);
        meter.add({ readRequests: 1, rounds: reading === 0 ? 1 : 0 });
        reading += 1;
        try {
          const read = await next(metered);
          const answer = read.output as Answer;
          meter.add({ readUnits: unitsOf(answer), readBytes: bytesReceived(answer) });
          return read;
        } finally {
          reading -= 1;
        }
      },
    { step: 'initialize', name: 'capacityMeter' },
  );
}

const unitsOf = ({ ConsumedCapacity = [] }: Answer): number =>
  [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

const bytesReceived = ({ Item: one, Items: many = [], Responses: batches = {} }: Answer): number =>
  bytesOf([...(one ? [one] : []), ...many, ...Object.values(batches).flat()]);

function bytesSent({ Item: one, RequestItems: batches = {}, TransactItems = [] }: WriteInput): number {
  const puts = Object.values(batches).flatMap((requests) =>
    requests.flatMap(({ PutRequest }) => (PutRequest?.Item ? [PutRequest.Item] : [])),
  );
  const together = TransactItems.flatMap(({ Put }) => (Put?.Item ? [Put.Item] : []));
  return bytesOf([...(one ? [one] : []), ...puts, ...together]);
}

const bytesOf = (items: readonly Item[]): number => items.reduce((sum, item) => sum + itemBytes(item), 0);
