import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

const MAX_KEY_BYTES = 1024;

/** A request to S3 with its address in path style, `/bucket/key`, read but not yet believed. */
export interface S3Request {
  readonly id: string;
  readonly method: string;
  /** Decoded; starts with a slash. */
  readonly path: string;
  /** Empty for requests that concern the service. */
  readonly bucket: string;
  /** Undefined for requests that concern the bucket. */
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly sourceIp: string;
  readonly body: AsyncIterable<Buffer>;
}

/** @throws S3Error for addresses that no bucket or key can have. */
export function readRequest(message: IncomingMessage, id: string): S3Request {
  const [encodedPath = '', ...query] = message.url!.split('?');
  const path = decode(encodedPath);
  const [, bucket, key] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket === undefined) throw new S3Error('InvalidURI', 'an address is /bucket/key, in path style');
  if (key) checkKey(key);
  const headers = Object.entries(message.headersDistinct);
  return {
    id,
    method: message.method!,
    path,
    bucket,
    key: key === '' ? undefined : key,
    query: new URLSearchParams(query.join('?')),
    headers: new Map(headers.map(([name, values = []]) => [name, values.join(',')])),
    sourceIp: message.socket.remoteAddress ?? '',
    body: message,
  };
}

/** @throws S3Error for a key that is too long. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', `Your key is too long: at most ${MAX_KEY_BYTES} bytes`);
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI: it is not UTF-8", { cause });
  }
}
