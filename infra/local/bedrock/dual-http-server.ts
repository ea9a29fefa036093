import { createServer as createHttp1Server, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Either protocol's request and response; what both have in common is enough here. */
export type DualRequest = IncomingMessage | Http2ServerRequest;
export type DualResponse = ServerResponse | Http2ServerResponse;

export interface RunningServer {
  /** Such as `http://127.0.0.1:40213`. */
  readonly endpoint: string;
  /** Cuts open connections. */
  readonly close: () => Promise<void>;
}

/** The first bytes of an HTTP/2 connection preface (RFC 9113, section 3.4); no HTTP/1.1 method starts so. */
const PREFACE_START = 'PRI';

/**
 * Serves HTTP/2 without TLS and HTTP/1.1 on one port of 127.0.0.1, told apart by the connection preface: AWS SDKs for
 * Bedrock speak the one, curl and browsers the other.
 * @param port 0 takes a free one.
 */
export async function serveHttp1AndHttp2(
  port: number,
  handle: (request: DualRequest, response: DualResponse) => void,
): Promise<RunningServer> {
  const http1 = createHttp1Server(handle);
  const http2 = createHttp2Server(handle);
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A peer that resets its connection is no news; the protocol servers add their own listeners.
    socket.on('error', () => socket.destroy());
    let head = '';
    const sniff = () => {
      const chunk = socket.read() as Buffer | null;
      if (!chunk) return;
      head += chunk.toString('latin1');
      if (head.length < PREFACE_START.length && PREFACE_START.startsWith(head)) return;
      socket.off('readable', sniff);
      socket.unshift(Buffer.from(head, 'latin1'));
      (head.startsWith(PREFACE_START) ? http2 : http1).emit('connection', socket);
    };
    socket.on('readable', sniff);
  });

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
