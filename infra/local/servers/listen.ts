import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens on 127.0.0.1; 0 takes a free port. Connections stay open however long they are idle: on a busy machine a server that closes
 * one would meet a request that is on its way.
 * @returns the address to send requests to
 */
export async function listen(server: Server, port = 0): Promise<string> {
  server.keepAliveTimeout = 0;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
