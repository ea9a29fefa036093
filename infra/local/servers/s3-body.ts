import { createHash } from 'node:crypto';
import { decodeChunks } from './s3-chunked-body.ts';
import { DIGESTS, type Digest } from './s3-digests.ts';
import { S3Error, type S3ErrorCode } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const MAX_PUT_BYTES = 5 * 1024 ** 3;
const CHECKSUM = 'x-amz-checksum-';
/** What the client says the body's digest is, at the latest when the body has ended. */
interface Expectation {
  readonly name: string;
  readonly digest: Digest;
  readonly expected: () => string | undefined;
  readonly encoding: 'hex' | 'base64';
  readonly code: S3ErrorCode;
}

export interface ReceivedBody {
  readonly size: number;
  /** MD5 in hex, as S3's entity tag of an object that was put whole. */
  readonly eTag: string;
}

/**
 * Takes a body in piece by piece, out of `aws-chunked` where it comes so, and compares it with the length and the
 * checksums that the client sent in headers or trailers. Checksums in a presigned URL are ignored, as by S3: the SDK
 * puts that of an empty body there.
 * @throws S3Error when one is wrong; what was taken in is then worth nothing.
 */
export async function receiveBody(
  { headers, body }: S3Request,
  payload: string,
  take: (bytes: Buffer) => Promise<void> | void,
): Promise<ReceivedBody> {
  const chunked = payload.startsWith('STREAMING-');
  const length = headers.get(chunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (length === undefined)
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (Number(length) > MAX_PUT_BYTES)
    throw new S3Error('EntityTooLarge', `at most ${MAX_PUT_BYTES} bytes a request`);

  const trailers = new Map<string, string>();
  const md5 = createHash('md5');
  const expectations = expectationsOf(headers, trailers, payload);
  let size = 0;
  for await (const bytes of chunked ? decodeChunks(body, trailers) : body) {
    size += bytes.length;
    md5.update(bytes);
    for (const { digest } of expectations) digest.update(bytes);
    await take(bytes);
  }
  if (size !== Number(length)) {
    throw new S3Error('IncompleteBody', `the request announced ${length} bytes and brought ${size}`);
  }
  const eTag = md5.digest();
  const contentMd5 = headers.get('content-md5');
  if (contentMd5 !== undefined && contentMd5 !== eTag.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  for (const expectation of expectations) await compare(expectation);
  return { size, eTag: eTag.toString('hex') };
}

const MAX_XML_BYTES = 2 * 1024 ** 2;

/** The text of a body of XML. @throws S3Error also when it is longer than any request needs */
export async function receiveXml(request: S3Request, payload: string): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  await receiveBody(request, payload, (piece) => {
    bytes += piece.length;
    if (bytes > MAX_XML_BYTES) throw new S3Error('MalformedXML', `at most ${MAX_XML_BYTES} bytes of XML`);
    pieces.push(piece);
  });
  return Buffer.concat(pieces).toString();
}

function expectationsOf(
  headers: ReadonlyMap<string, string>,
  trailers: ReadonlyMap<string, string>,
  payload: string,
): readonly Expectation[] {
  const announced = (headers.get('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const names = new Set([...headers.keys(), ...announced].filter((name) => name.startsWith(CHECKSUM)));
  for (const about of ['mode', 'algorithm', 'type']) names.delete(`${CHECKSUM}${about}`);
  const expectations = [...names].map((name): Expectation => {
    const algorithm = DIGESTS[name.slice(CHECKSUM.length)];
    if (!algorithm)
      throw new S3Error(
        'NotImplemented',
        `${name} is not known here: send ${Object.keys(DIGESTS).join(', ')}`,
      );
    const expected = () => headers.get(name) ?? trailers.get(name);
    return { name, digest: algorithm(), expected, encoding: 'base64', code: 'BadDigest' };
  });
  if (/^[0-9a-f]{64}$/.test(payload)) {
    expectations.push({
      name: 'x-amz-content-sha256',
      digest: DIGESTS['sha256']!(),
      expected: () => payload,
      encoding: 'hex',
      code: 'XAmzContentSHA256Mismatch',
    });
  } else if (payload !== 'UNSIGNED-PAYLOAD' && !payload.startsWith('STREAMING-')) {
    throw new S3Error(
      'InvalidArgument',
      'x-amz-content-sha256 must be a SHA-256, UNSIGNED-PAYLOAD or STREAMING-...',
    );
  }
  return expectations;
}

async function compare({ name, digest, expected, encoding, code }: Expectation): Promise<void> {
  const sent = expected();
  if (sent === undefined)
    throw new S3Error('MalformedTrailerError', `x-amz-trailer announced ${name}; it did not come`);
  if (Buffer.from(await digest.digest()).toString(encoding) !== sent)
    throw new S3Error(code, `The ${name} you specified did not match the body.`);
}
