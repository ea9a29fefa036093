import { createServer, request as ask } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Stands before a service, passes everything on, and keeps a line of each request with the status of its answer. */
export async function recordService(url: string) {
  const target = new URL(url);
  const lines: string[] = [];
  const server = createServer((request, response) => {
    const { method, headers, url: path = '' } = request;
    const { hostname, port } = target;
    const asked = ask({ hostname, port, path, method, headers }, (answer) => {
      lines.push(`${method} ${path} ${answer.statusCode}`);
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was asked since the last call; a request that repeats the one before is left out. */
    taken: (): string[] => lines.splice(0).filter((line, i, all) => line !== all[i - 1]),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
