import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Overloaded } from './function-host.ts';
import { toHttpAnswer, toHttpEvent, type HttpAnswer } from './http-event.ts';
import { isForThisMachine } from './servers/local-callers.ts';

/** API Gateway's limit for a request body. */
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

interface HttpApiOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly log: (line: string) => void;
}

export interface HttpApi {
  readonly url: string;
  /** Takes no new requests and cuts open connections. */
  close(): Promise<void>;
}

/**
 * API Gateway's HTTP API with one catch-all route, on 127.0.0.1. Its own answers have API Gateway's words: 413 above
 * 10 MB, 500 when the function fails, 503 when too many requests wait.
 * @throws Error that says what to do when the port is taken.
 */
export async function startHttpApi({ port, invoke, log }: HttpApiOptions): Promise<HttpApi> {
  const server = createServer((request, response) => {
    if (!isForThisMachine(request.headers)) {
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    void answer(request, invoke, log).then(({ status, headers, body }) => {
      // A client that gets its answer before it has sent everything would wait for ever to send the rest.
      if (!request.complete) response.setHeader('connection', 'close');
      response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken: choose another by --port`, { cause: error })
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  invoke: HttpApiOptions['invoke'],
  log: HttpApiOptions['log'],
): Promise<HttpAnswer> {
  try {
    const body = await readBody(request);
    if (!body) return words(413, 'Request Entity Too Large');
    const { method, url, headersDistinct, httpVersion } = request;
    const head = { method, url, headersDistinct, httpVersion, sourceIp: request.socket.remoteAddress ?? '' };
    const result = await invoke(toHttpEvent(head, body, randomUUID(), new Date()));
    return toHttpAnswer(result);
  } catch (error) {
    if (error instanceof URIError) return words(400, 'Bad Request');
    log(
      `${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return error instanceof Overloaded
      ? words(503, 'Service Unavailable')
      : words(500, 'Internal Server Error');
  }
}

function words(status: number, message: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/** Undefined for a body that is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The iterator must not destroy the request when it is left: the answer goes out on the same socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
