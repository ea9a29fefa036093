import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { encodePath, uriEncode } from './s3-encoding.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60_000;
const MAX_EXPIRES_SEC = 7 * 24 * 3600;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;

export interface Verifier {
  readonly region: string;
  readonly secretFor: (accessKeyId: string) => string | undefined;
}

/** What a request says of its signature, in the header or in the query of a presigned URL. */
interface Claim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** As `20260302T091530Z`. */
  readonly date: string;
  /** Given for presigned URLs. */
  readonly expires?: string;
  readonly payload: string;
}

export interface Signer {
  readonly accessKeyId: string;
  /** The signed SHA-256 of the body in hex, `UNSIGNED-PAYLOAD`, or the kind of stream: `STREAMING-...`. */
  readonly payload: string;
}

/**
 * Finds out who signed a request, in Signature Version 4 as S3 speaks it: the path is encoded once.
 * Source: "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference.
 * @throws S3Error when nobody did, or when the URL has expired.
 */
export function verifySignature(request: S3Request, { region, secretFor }: Verifier, nowMs: number): Signer {
  const claim = request.query.has('X-Amz-Algorithm') ? claimOfQuery(request) : claimOfHeaders(request);
  const [accessKeyId = '', day = '', ...scope] = claim.credential.split('/');
  if (scope.join('/') !== `${region}/s3/aws4_request` || !claim.date.startsWith(day)) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `the credential's scope must be the day of the request and then ${region}/s3/aws4_request`,
    );
  }
  const secret = secretFor(accessKeyId);
  if (secret === undefined) {
    throw new S3Error(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  }
  checkSignedHeaders(request, claim.signedHeaders.split(';'));

  const canonical = canonicalRequest(request, claim);
  const stringToSign = [ALGORITHM, claim.date, [day, ...scope].join('/'), sha256(canonical)].join('\n');
  const key = [day, ...scope].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  if (!timingSafeEqual(hmac(key, stringToSign), Buffer.from(claim.signature, 'hex'))) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  checkTime(claim, nowMs);
  return { accessKeyId, payload: claim.payload };
}

function claimOfHeaders({ headers }: S3Request): Claim {
  const authorization = headers.get('authorization');
  if (authorization === undefined)
    throw new S3Error('AccessDenied', 'Access Denied: the request is not signed');
  const [, credential, signedHeaders, signature] = AUTHORIZATION.exec(authorization) ?? [];
  const date = headers.get('x-amz-date');
  const payload = headers.get('x-amz-content-sha256');
  if (!credential || !signedHeaders || !signature || !date || !payload) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `sign by ${ALGORITHM}, and send x-amz-date and x-amz-content-sha256`,
    );
  }
  return { credential, signedHeaders, signature, date, payload };
}

function claimOfQuery({ query }: S3Request): Claim {
  const credential = query.get('X-Amz-Credential');
  const signedHeaders = query.get('X-Amz-SignedHeaders');
  const signature = query.get('X-Amz-Signature');
  const date = query.get('X-Amz-Date');
  const expires = query.get('X-Amz-Expires');
  if (query.get('X-Amz-Algorithm') !== ALGORITHM || !credential || !signedHeaders || !date || !expires) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      `a presigned URL needs all parameters of ${ALGORITHM}`,
    );
  }
  if (!(Number(expires) >= 0 && Number(expires) <= MAX_EXPIRES_SEC)) {
    throw new S3Error('AuthorizationQueryParametersError', `X-Amz-Expires must be 0 to ${MAX_EXPIRES_SEC}`);
  }
  if (!signature || !/^[0-9a-f]{64}$/.test(signature)) {
    throw new S3Error('SignatureDoesNotMatch', 'X-Amz-Signature must be 64 hexadecimal digits');
  }
  return { credential, signedHeaders, signature, date, expires, payload: 'UNSIGNED-PAYLOAD' };
}

/** What is not signed, somebody on the way may have added: the host and all that S3 acts on must be. */
function checkSignedHeaders({ headers }: S3Request, signed: readonly string[]): void {
  const needed = ['host', ...headers.keys().filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.filter((name) => !signed.includes(name));
  if (missing.length > 0) {
    throw new S3Error(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${missing.join(', ')}`,
    );
  }
}

function canonicalRequest({ method, path, query, headers }: S3Request, claim: Claim): string {
  const parameters = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([nameA, a], [nameB, b]) => compare(nameA, nameB) || compare(a, b));
  const lines = claim.signedHeaders
    .split(';')
    .map((name) => `${name}:${(headers.get(name) ?? '').trim().replace(/ +/g, ' ')}\n`);
  return [
    method,
    encodePath(path),
    parameters.map((parameter) => parameter.join('=')).join('&'),
    lines.join(''),
    claim.signedHeaders,
    claim.payload,
  ].join('\n');
}

function checkTime({ date, expires }: Claim, nowMs: number): void {
  const dateMs = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (expires === undefined) {
    if (!(Math.abs(nowMs - dateMs) <= MAX_SKEW_MS)) {
      throw new S3Error(
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
      );
    }
  } else if (!(nowMs >= dateMs - MAX_SKEW_MS)) {
    throw new S3Error('AccessDenied', 'Request is not yet valid');
  } else if (nowMs > dateMs + Number(expires) * 1000) {
    throw new S3Error('AccessDenied', 'Request has expired');
  }
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
