import type { S3Answer } from './s3-answer.ts';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from '../iam/access.ts';
import { createBucket } from './s3-bucket-operations.ts';
import { openS3Database } from './s3-database.ts';
import { dispatch } from './s3-dispatch.ts';
import { S3Error } from './s3-error.ts';
import { deliverEvents, type OnEvent } from './s3-event-delivery.ts';
import { openObjectFiles } from './s3-object-files.ts';
import type { Requester, Store } from './s3-operations.ts';
import { isForm, postObject } from './s3-post-object.ts';
import { readRequest } from './s3-request.ts';
import { verifySignature, type Signer, type Verifier } from './s3-signature.ts';
import { listen } from './listen.ts';

export interface S3Options extends Verifier {
  /** What a caller may not do, in AWS's words; by default everybody who signs may do everything. */
  readonly refusal?: Access['refusal'];
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number;
  /**
   * Takes an event before its request is answered, so that it must be safe when the promise is fulfilled. While it
   * fails, the client gets a 500 and the event comes again; one event may come twice.
   */
  readonly onEvent: OnEvent;
  /** How long every request takes at least, to feel like a network. */
  readonly baseDelayMs?: number;
}

export interface S3Server {
  readonly endpoint: string;
  /** Does nothing when there is one. */
  createBucket(name: string, options?: { readonly versioned?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the embedded S3 on 127.0.0.1: the operations on objects that the service uses, signatures, conditions,
 * checksums and events as S3 has them; everything else is answered by NotImplemented. What was acknowledged survives a
 * killed process.
 */
export async function startS3({
  dataDir,
  port = 0,
  onEvent,
  baseDelayMs = 0,
  refusal = () => undefined,
  ...verifier
}: S3Options): Promise<S3Server> {
  await mkdir(dataDir, { recursive: true });
  const database = openS3Database(join(dataDir, 'index.sqlite'));
  const referred = database.files();
  const files = await openObjectFiles(join(dataDir, 'objects'), (name) => referred.has(name));
  const delivery = deliverEvents(database, onEvent);
  const store: Store = { region: verifier.region, database, files, delivery };

  const underWay = new Set<Promise<void>>();
  const server = createServer((message, response) => {
    const work = answerTo(message, response, store, { ...verifier, refusal }, baseDelayMs)
      .catch(() => response.destroy())
      .then(() => void underWay.delete(work));
    underWay.add(work);
  });
  const endpoint = await listen(server, port);

  return {
    endpoint,
    createBucket(name, { versioned = false } = {}) {
      if (!database.hasBucket(name)) createBucket(store, { bucket: name });
      if (versioned) database.keepVersions(name);
      return Promise.resolve();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
      await delivery.close();
      database.close();
    },
  };
}

async function answerTo(
  message: IncomingMessage,
  response: ServerResponse,
  store: Store,
  verifier: Verifier & Pick<Access, 'refusal'>,
  baseDelayMs: number,
): Promise<void> {
  const id = randomBytes(8).toString('hex').toUpperCase();
  response.setHeader('x-amz-request-id', id);
  allowBrowsers(message, response);
  if (baseDelayMs > 0) await delay(baseDelayMs);
  let answer: S3Answer;
  try {
    answer = message.method === 'OPTIONS' ? { status: 200 } : await answerOf(message, id, store, verifier);
  } catch (error) {
    const failure =
      error instanceof S3Error ? error : new S3Error('InternalError', reasonOf(error), { cause: error });
    const body = failure.toXml(message.url!, id);
    answer = { status: failure.status, headers: { 'content-type': 'application/xml' }, body };
  }
  response.writeHead(answer.status, answer.headers);
  if (answer.body === undefined || typeof answer.body === 'string') response.end(answer.body);
  else await pipeline(answer.body, response);
}

async function answerOf(
  message: IncomingMessage,
  id: string,
  store: Store,
  verifier: Verifier & Pick<Access, 'refusal'>,
): Promise<S3Answer> {
  const request = readRequest(message, id);
  const refusalIn =
    (signer: Signer, bucket: string): Requester['refusal'] =>
    (action, key, context = {}) => {
      const arn = bucket === '' ? '*' : `arn:aws:s3:::${bucket}`;
      const resource = key === undefined ? arn : `${arn}/${key}`;
      return verifier.refusal(signer, { action, resource, context });
    };
  const requesterOf = (signer: Signer): Requester => ({
    ...signer,
    refusal: refusalIn(signer, request.bucket),
    in: (bucket) => ({ refusal: refusalIn(signer, bucket) }),
  });
  // A form is signed in its fields, which are its body.
  if (isForm(request)) return postObject(store, request, verifier, requesterOf);
  return dispatch(store, request, requesterOf(verifySignature(request, verifier, Date.now())));
}

/** Any origin: what lets a browser in is the signature of its URL or form. */
function allowBrowsers({ headers, method }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'ETag');
  if (method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, POST, HEAD');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('access-control-max-age', '3600');
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
