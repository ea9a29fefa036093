import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface PeerAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** A server of JSON on this machine. */
export interface JsonPeer {
  readonly address: string;
  close(): Promise<void>;
}

/** @param answer to a request, by its path and the JSON of its body; undefined for 404 */
export async function startJsonPeer(
  answer: (path: string, body: unknown) => PeerAnswer | undefined,
): Promise<JsonPeer> {
  const server = createServer((request, response) => {
    const body = request.method === 'POST' ? json(request) : Promise.resolve(undefined);
    void body.then((sent) => {
      const { status = 200, body: said } = answer(request.url!, sent) ?? { status: 404, body: {} };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
