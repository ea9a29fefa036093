import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens on 127.0.0.1. Connections stay open however long they are idle: on a busy machine a server that closes
 * one would meet a request that is on its way.
 * @param port that is wanted; where another program has it, as by default, a free one is taken
 * @returns the address to send requests to
 */
export async function listen(server: Server, port = 0): Promise<string> {
  server.keepAliveTimeout = 0;
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error;
    return listen(server);
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
