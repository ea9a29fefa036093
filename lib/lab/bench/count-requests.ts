import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What some work asked of DynamoDB, whoever of its parts asked. */
export interface Asked {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly requests: number;
  /** One after the other: how often waiting began while nothing else was awaited. */
  readonly waits: number;
}

interface Answer {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}
interface Capacity {
  readonly CapacityUnits?: number;
}

type Send = (this: DynamoDBClient, ...args: never[]) => never;

const isRead = (command: string) => /^(?:Get|BatchGet|Query|Scan|TransactGet)/.test(command);

/** Counts below the SDK what all clients of this process ask of DynamoDB, by the units that it reports. Ends with `stop`. */
export function countRequests() {
  let readUnits = 0;
  let writeUnits = 0;
  let requests = 0;
  let waits = 0;
  let waiting = 0;
  const counted = new WeakSet<DynamoDBClient>();
  const send = Reflect.get(DynamoDBClient.prototype, 'send') as Send;
  function count(client: DynamoDBClient): void {
    if (counted.has(client)) return;
    counted.add(client);
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          requests += 1;
          if (waiting === 0) waits += 1;
          waiting += 1;
          try {
            const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
            const { ConsumedCapacity = [] } = result.output as Answer;
            const units = [ConsumedCapacity]
              .flat()
              .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
            if (isRead(commandName)) readUnits += units;
            else writeUnits += units;
            return result;
          } finally {
            waiting -= 1;
          }
        },
      { step: 'initialize', name: 'countRequests' },
    );
  }
  DynamoDBClient.prototype.send = function counting(this: DynamoDBClient, ...args: never[]) {
    count(this);
    return send.apply(this, args);
  } as never;
  return {
    async of<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly asked: Asked }> {
      const before = { readUnits, writeUnits, requests, waits };
      const answer = await work();
      return {
        answer,
        asked: {
          readUnits: readUnits - before.readUnits,
          writeUnits: writeUnits - before.writeUnits,
          requests: requests - before.requests,
          waits: waits - before.waits,
        },
      };
    },
    stop(): void {
      Reflect.deleteProperty(DynamoDBClient.prototype, 'send');
    },
  };
}
