import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from '../../support/certificate.ts';
import type { Act, Behaviour } from './behaviours.ts';

/** A flood sends so much a millisecond. It shares its processor with the caller and must leave it some. */
const FLOOD_BYTES = 8_192;

export interface Receiver {
  readonly url: string;
  /** Connections that the caller has not left. */
  open(): number;
  /** Bytes that the caller has taken, TLS included. */
  sent(): number;
  close(): Promise<void>;
}

/** Stands up a receiver that behaves like that, on 127.0.0.1. */
export async function startReceiver(
  behaviour: Behaviour,
  { trusted, stranger }: { readonly trusted: Certificate; readonly stranger: Certificate },
): Promise<Receiver> {
  const sockets = new Set<Socket>();
  let sent = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      sent += socket.bytesWritten;
    });
    socket.on('error', () => undefined);
    void behave(socket).catch(() => undefined); // the caller has left
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (behaviour.connect === 'refuses') server.close();

  async function behave(socket: Socket): Promise<void> {
    if (behaviour.connect === 'resets') return void socket.resetAndDestroy();
    if (behaviour.connect === 'ends') return void socket.resume().end();
    const stream = await secured(socket);
    if (!stream) return;
    if (behaviour.reads) await once(stream, 'data');
    stream.resume(); // an end of the caller is seen only by who reads
    for (const act of behaviour.acts) await perform(act, stream, socket);
  }

  /** The stream that HTTP is spoken over; undefined if it does not come to that. */
  async function secured(socket: Socket): Promise<Duplex | undefined> {
    switch (behaviour.tls) {
      case 'none':
        return socket;
      case 'good':
        return handshake(socket, trusted);
      case 'of a stranger':
        return handshake(socket, stranger);
      case 'silent':
        socket.resume();
        return undefined;
      case 'garbage':
        socket.resume().write(Buffer.alloc(512, 0x5a));
        return undefined;
      case 'alert':
        socket.resume().write(Buffer.from('15030300020228', 'hex')); // fatal: handshake failure (RFC 8446, 6.2)
        return undefined;
      case 'broken off':
        await once(socket, 'data');
        socket.write(Buffer.from('1603030040020000', 'hex'));
        socket.end();
        return undefined;
      case 'slow':
        await sleep(50);
        return handshake(socket, trusted);
    }
  }

  async function perform(act: Act, stream: Duplex, socket: Socket): Promise<void> {
    switch (act.do) {
      case 'send':
        return write(stream, act.bytes);
      case 'repeat':
        for (;;) {
          await write(stream, act.pauseMs > 0 ? act.bytes : flood(act.bytes));
          await sleep(Math.max(1, act.pauseMs));
        }
      case 'pause':
        await sleep(act.ms);
        return;
      case 'end':
        stream.end();
        return;
      case 'reset':
        socket.resetAndDestroy();
        return;
      case 'hold':
        return;
    }
  }

  return {
    url: `${behaviour.tls === 'none' ? 'http' : 'https'}://127.0.0.1:${port}/hook`,
    open: () => sockets.size,
    sent: () => sent,
    async close() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

async function handshake(socket: Socket, { key, cert }: Certificate): Promise<Duplex> {
  const stream = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ key, cert }) });
  stream.on('error', () => undefined);
  await once(stream, 'secure');
  return stream;
}

const flood = (bytes: string | Buffer): Buffer => {
  const one = Buffer.from(bytes);
  return Buffer.concat(Array.from({ length: Math.ceil(FLOOD_BYTES / one.length) }, () => one));
};

/** @throws Error if the caller has hung up */
async function write(stream: Duplex, bytes: string | Buffer): Promise<void> {
  if (stream.destroyed) throw new Error('the caller has left');
  if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
}
