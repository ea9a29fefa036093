import { GlossError } from '../domain/errors.ts';
import { mayBePicture } from '../domain/picture-type.ts';

export interface FetchOptions {
  /** The only one that is asked, such as `https://bucket.s3.us-east-1.amazonaws.com`. */
  readonly origin: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * The bytes behind a signed address of S3.
 * @throws GlossError `forbidden` for another origin, `not_found`, `unsupported` by its type, `too_large` without reading on,
 * `throttled`, `unavailable`
 */
export async function fetchPicture(
  url: string,
  { origin, maxBytes, signal }: FetchOptions,
): Promise<Uint8Array> {
  if (new URL(url).origin !== origin)
    throw new GlossError('forbidden', 'origin_not_allowed', 'pictures are fetched from the bucket alone');
  try {
    const response = await fetch(url, { redirect: 'error', signal });
    if (!response.ok) throw await errorOf(response);
    const type = response.headers.get('content-type');
    if (type !== null && !mayBePicture(type))
      throw new GlossError('unsupported', 'not_a_picture', `${type} is the type of no picture`);
    return await readWithin(response, maxBytes);
  } catch (cause) {
    if (cause instanceof GlossError) throw cause;
    throw new GlossError('unavailable', 'objects_unavailable', 'S3 did not answer', { cause });
  }
}

/**
 * AccessDenied may mean that there is no such object, which whoever has signed the address can tell (remote-decoder.ts); for an old
 * address S3 answers the same.
 */
async function errorOf(response: Response): Promise<GlossError> {
  const text = (await response.text()).slice(0, 2_000);
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? String(response.status);
  if (code === 'AccessDenied' && !text.includes('expired'))
    return new GlossError('unavailable', 'objects_refused', 'S3 refuses access to an object');
  if (code === 'NoSuchKey' || code === 'NoSuchVersion')
    return new GlossError('not_found', 'object_not_found', 'there is no such object');
  if (code === 'SlowDown') return new GlossError('throttled', 'objects_throttled', 'S3 is busy');
  return new GlossError('unavailable', 'objects_unavailable', 'S3 did not hand the object over', {
    cause: code,
  });
}

async function readWithin(response: Response, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  if (announced <= maxBytes) {
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (bytes > maxBytes) break;
      pieces.push(piece);
    }
    if (bytes <= maxBytes) return Buffer.concat(pieces);
  }
  await response.body?.cancel().catch(() => undefined);
  throw new GlossError(
    'too_large',
    'too_many_bytes',
    `the file has ${Math.max(announced, bytes)} bytes; at most ${maxBytes} are taken`,
  );
}
