import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What is answered in the place of a server; `cut` ends the connection without an answer. */
export type Fault = 'cut' | { readonly status: number; readonly headers?: object; readonly body: string };

/** An HTTP server before another: passes requests on, or answers those that `fault` has an answer to. */
export interface Gate {
  fault: (request: IncomingMessage, body: string) => Fault | undefined;
  /** Stands before this endpoint; answers its own. */
  readonly before: (endpoint: string) => Promise<string>;
  readonly close: () => void;
}

export function faultyGate(): Gate {
  let target: URL;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const fault = gate.fault(request, body.toString());
      if (fault === 'cut') {
        request.socket.destroy();
        return;
      }
      if (fault) {
        response.writeHead(fault.status, { ...fault.headers }).end(fault.body);
        return;
      }
      const { method, url, headers } = request;
      const { hostname, port } = target;
      const passed = send({ hostname, port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      passed.on('error', () => request.socket.destroy());
      passed.end(body);
    });
  });
  const gate: Gate = {
    fault: () => undefined,
    async before(endpoint) {
      target = new URL(endpoint);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return gate;
}
