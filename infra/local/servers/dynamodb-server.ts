import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { isFromProgram } from './local-callers.ts';

export interface DynamoDbOptions {
  /** Absent: in memory. */
  readonly dataDir?: string;
  /** Default: a free one. */
  readonly port?: number;
}

export interface RunningDynamoDb {
  /** Such as `http://127.0.0.1:40213`. */
  readonly endpoint: string;
  /** Cuts open connections and closes the store. */
  close(): Promise<void>;
}

/** DynamoDB on one machine: dynalite. Tables are there as soon as CreateTable has answered or a moment later. */
export async function startDynamoDb({ dataDir, port = 0 }: DynamoDbOptions = {}): Promise<RunningDynamoDb> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const server = dynalite({
    ...(dataDir === undefined ? {} : { path: dataDir }),
    createTableMs: 0,
    updateTableMs: 0,
    deleteTableMs: 0,
  });
  refusePages(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()));
        server.closeAllConnections();
      }),
  };
}

/** dynalite lets every web page in by CORS and checks no signature; here only programs get to it. */
function refusePages(server: Server): void {
  const [serve] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isFromProgram(request.headers)) serve!(request, response);
    else response.writeHead(403).end();
  });
}
