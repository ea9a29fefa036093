import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { callsOf } from './dynamodb-calls.ts';
import { guard, type GatewayOptions } from './dynamodb-gateway.ts';
import { Transactions } from './dynamodb-transactions.ts';
import { listen } from './listen.ts';

interface DynamoDbOptions extends GatewayOptions {
  /** Absent: in memory. */
  readonly dataDir?: string;
  /** Default: a free one. */
  readonly port?: number;
}

interface RunningDynamoDb {
  /** Such as `http://127.0.0.1:40213`. */
  readonly endpoint: string;
  /** Cuts open connections and closes the store. */
  close(): Promise<void>;
}

/** DynamoDB on one machine: dynalite, and transactions over it. Tables are there as soon as CreateTable has answered or a moment later. */
export async function startDynamoDb({
  dataDir,
  port = 0,
  ...gateway
}: DynamoDbOptions = {}): Promise<RunningDynamoDb> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const server = dynalite({
    ...(dataDir === undefined ? {} : { path: dataDir }),
    createTableMs: 0,
    updateTableMs: 0,
    deleteTableMs: 0,
  });
  const [serve] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  const journal = dataDir === undefined ? undefined : join(dataDir, 'transaction.json');
  const transactions = new Transactions(callsOf(serve!), journal);
  await transactions.recover();
  server.on('request', guard(serve!, transactions, gateway));
  const endpoint = await listen(server, port);
  return {
    endpoint,
    close: () =>
      new Promise((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()));
        server.closeAllConnections();
      }),
  };
}
