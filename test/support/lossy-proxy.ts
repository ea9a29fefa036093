import { createServer, request as ask, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWhole } from '../../infra/local/servers/signed-request.ts';

/**
 * Stands before a server and cuts the connection where its answer should come: what was asked is done, and nobody hears of it.
 * @param aheadMs how far the times in its answers are ahead of the server's
 */
export async function startLossyProxy(endpoint: string, { aheadMs = 0 } = {}) {
  const target = new URL(endpoint);
  const lost: string[] = [];
  const toLose = new Set<string>();

  const server = createServer((request, response) => {
    void (async () => {
      const body = await readWhole(request);
      const action = actionOf(request.headers);
      const asked = ask(
        {
          host: target.hostname,
          port: target.port,
          path: request.url,
          method: request.method,
          headers: request.headers,
        },
        (answer) => {
          if (toLose.delete(action)) {
            lost.push(action);
            answer.resume();
            request.socket.destroy();
            return;
          }
          const date = new Date(Date.parse(answer.headers.date!) + aheadMs).toUTCString();
          response.writeHead(answer.statusCode!, { ...answer.headers, date });
          answer.pipe(response);
        },
      );
      asked.end(body);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Loses the next answer to such a request, like `PutItem`. */
    lose: (action: string) => toLose.add(action),
    /** What has been lost. */
    lost,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const actionOf = (headers: IncomingHttpHeaders): string =>
  String(headers['x-amz-target']).split('.')[1] ?? '';
