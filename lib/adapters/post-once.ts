import type { LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { reasonOf } from './call-reasons.ts';
import { resolveName } from './resolve-name.ts';

/** Of an answer's head; more is nothing that the answer to a webhook needs. */
const MAX_HEAD_BYTES = 8_192;
/** Of an answer's body, which nobody looks at. It is read at all so that a receiver can end its answer in order. */
const MAX_BODY_BYTES = 4_096;
/** Of a connection, TLS included: trailers, for instance, have no bound of their own. Looked at now and then. */
const MAX_READ_BYTES = 131_072;
const LOOK_EVERY_MS = 20;
/** Answers 1xx before the real one. */
const MAX_INTERIM = 5;

/** Why a call came to nothing, in a few words that follow "the webhook". */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Over all of the call: name, connection, TLS, head and body. */
  readonly deadlineMs: number;
  /** Addresses that may be connected to. */
  readonly mayReach: (address: string) => boolean;
  /** Certificates in the place of the system's, for tests. */
  readonly ca?: string;
  /** Name servers in the place of the system's, for tests. */
  readonly nameServers?: readonly string[];
}

/**
 * Posts to an address that somebody else has chosen, once, and returns the status that was answered. The name is
 * resolved once, and the connection uses that result. Redirects are not followed. When it returns, its socket is
 * destroyed, whatever the receiver does.
 * @throws CallFailed if there is no whole answer within the deadline.
 */
export async function postOnce(to: URL, post: Post): Promise<number> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const overdue = new AbortController();
  const timer = setTimeout(() => {
    overdue.abort();
    reject(new CallFailed(`did not answer within ${post.deadlineMs / 1000} s`));
  }, post.deadlineMs);
  late.catch(() => undefined); // it is late for nobody once the call has ended
  try {
    const addresses = await Promise.race([late, resolve(to, post, overdue.signal)]);
    return await Promise.race([late, exchange(to, post, addresses, overdue.signal)]);
  } finally {
    clearTimeout(timer);
  }
}

async function resolve(
  to: URL,
  { mayReach, deadlineMs, nameServers }: Post,
  signal: AbortSignal,
): Promise<readonly LookupAddress[]> {
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const how = { deadlineMs, signal, ...(nameServers && { servers: nameServers }) };
  const found = await resolveName(host, how).catch((cause: unknown) => {
    throw new CallFailed('has a name that does not resolve', { cause });
  });
  const reached = found.filter(({ address }) => mayReach(address));
  if (reached.length > 0) return reached;
  throw new CallFailed('has a name that leads to no address on the internet');
}

function exchange(
  to: URL,
  { headers, body, ca }: Post,
  addresses: readonly LookupAddress[],
  overdue: AbortSignal,
): Promise<number> {
  const { promise, resolve: answered, reject } = Promise.withResolvers<number>();
  const request = to.protocol === 'https:' ? httpsRequest : httpRequest;
  const call = request(to, {
    method: 'POST',
    headers,
    agent: false, // a connection of its own, kept by nobody
    lookup: lookupOf(addresses),
    maxHeaderSize: MAX_HEAD_BYTES,
    ...(ca !== undefined && { ca }),
    // The name of the certificate; there is none for a bare address.
    ...(isIP(to.hostname.replace(/^\[|\]$/g, '')) === 0 && { servername: to.hostname }),
  });
  const fail = (why: string, cause?: unknown) => reject(new CallFailed(why, { cause }));
  let interim = 0;
  let socket: Socket | undefined;
  const looks = setInterval(() => {
    if ((socket?.bytesRead ?? 0) > MAX_READ_BYTES) fail('answered without an end');
  }, LOOK_EVERY_MS);
  call.on('socket', (its) => {
    socket = its;
    its.on('error', () => undefined); // the call hears of it; after a switch of protocols nobody would
  });
  call.on('information', () => {
    interim += 1;
    if (interim > MAX_INTERIM) fail('announces an answer and gives none');
  });
  call.on('upgrade', ({ statusCode }: IncomingMessage) => fail(`answered ${statusCode ?? 101}`));
  call.on('response', (response) => {
    response.on('error', (cause) => fail('broke its answer off', cause));
    const { statusCode = 0 } = response;
    // Of a refusal nothing more is read.
    if (statusCode < 200 || statusCode > 299) {
      answered(statusCode);
      return;
    }
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) answered(statusCode);
    });
    response.on('end', () => answered(statusCode));
    response.on('close', () => fail('broke its answer off'));
  });
  // Stays: what happens to the socket after the end is nobody's error.
  call.on('error', (cause) => fail(reasonOf(cause), cause));
  call.on('close', () => fail('closed the connection without an answer'));
  overdue.addEventListener('abort', () => call.destroy(), { once: true });
  call.end(body);
  return promise.finally(() => {
    clearInterval(looks);
    call.destroy();
    socket?.destroy();
  });
}

/** Hands a connection what was resolved before. */
const lookupOf =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first!.address, first!.family);
  };
