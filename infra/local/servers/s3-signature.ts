import { createHmac, createSecretKey, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { lruMap } from '../../../lib/adapters/lru-map.ts';
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
  readonly secretFor: (accessKeyId: string, sessionToken: string | undefined) => string | undefined;
}

/** The head of a request, of S3 or of another service that signs in the same way. */
type SignedRequest = Pick<S3Request, 'method' | 'path' | 'query' | 'headers'>;

/** What a request says of its signature, in the header or in the query of a presigned URL. */
interface Claim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** As `20260302T091530Z`. */
  readonly date: string;
  /** Given for presigned URLs. */
  readonly expires?: string;
  /** Of temporary credentials. */
  readonly sessionToken: string | undefined;
  readonly payload: string;
}

export interface Signer {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  /** The signed SHA-256 of the body in hex, `UNSIGNED-PAYLOAD`, or the kind of stream: `STREAMING-...`. */
  readonly payload: string;
}

/**
 * Finds out who signed a request, in Signature Version 4 as S3 speaks it: the path is encoded once.
 * Source: "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference.
 * @throws S3Error when nobody did, or when the URL has expired.
 */
export function verifySignature(
  request: SignedRequest,
  verifier: Verifier,
  nowMs: number,
  { service, payload }: { readonly service: string; readonly payload?: string } = { service: 's3' },
): Signer {
  const isPresigned = request.query.has('X-Amz-Algorithm');
  const claim = isPresigned ? claimOfQuery(request) : claimOfHeaders(request, payload);
  const { accessKeyId, scope, key } = signingKeyOf(claim, verifier, service);
  checkSignedHeaders(request, claim.signedHeaders.split(';'));

  const canonical = canonicalRequest(request, claim);
  checkSignature(key, [ALGORITHM, claim.date, scope, sha256(canonical)].join('\n'), claim.signature);
  checkTime(claim, nowMs);
  return { accessKeyId, sessionToken: claim.sessionToken, payload: claim.payload };
}

/**
 * Finds out who signed the policy of a form; when it ends is said in the policy.
 * Source: "Authenticating Requests in Browser-Based Uploads Using POST" of the S3 API reference.
 * @param fields names in lower case
 * @throws S3Error when nobody did
 */
export function verifyPolicySignature(
  fields: ReadonlyMap<string, string>,
  verifier: Verifier,
): { readonly signer: Signer; readonly policy: string } {
  const policy = fields.get('policy');
  const credential = fields.get('x-amz-credential');
  const date = fields.get('x-amz-date');
  const signature = fields.get('x-amz-signature') ?? '';
  if (policy === undefined || credential === undefined || date === undefined)
    throw new S3Error('AccessDenied', 'Access Denied: the form has no signed policy');
  if (fields.get('x-amz-algorithm') !== ALGORITHM)
    throw new S3Error('InvalidArgument', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const sessionToken = fields.get('x-amz-security-token');
  const { accessKeyId, key } = signingKeyOf({ credential, date, sessionToken }, verifier, 's3');
  checkSignature(key, policy, signature);
  return { signer: { accessKeyId, sessionToken, payload: 'UNSIGNED-PAYLOAD' }, policy };
}

/** Signing keys by what they are derived from: a key signs all requests of a day, and deriving it takes longer than what it is for. */
const signingKeys = lruMap<string, KeyObject>(1_000);

/** The key that the claimed signer must have signed with. */
function signingKeyOf(
  { credential, date, sessionToken }: Pick<Claim, 'credential' | 'date' | 'sessionToken'>,
  { region, secretFor }: Verifier,
  service: string,
): { readonly accessKeyId: string; readonly scope: string; readonly key: KeyObject } {
  const [accessKeyId = '', day = '', ...scope] = credential.split('/');
  if (scope.join('/') !== `${region}/${service}/aws4_request` || !date.startsWith(day)) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `the credential's scope must be the day of the request and then ${region}/${service}/aws4_request`,
    );
  }
  const secret = secretFor(accessKeyId, sessionToken);
  if (secret === undefined) {
    throw new S3Error(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  }
  return { accessKeyId, scope: [day, ...scope].join('/'), key: derivedKey(secret, [day, ...scope]) };
}

function derivedKey(secret: string, scope: readonly string[]): KeyObject {
  const source = [secret, ...scope].join('\n');
  const known = signingKeys.get(source);
  if (known) return known;
  const key = scope.reduce(
    (key, part) => createSecretKey(hmac(key, part)),
    createSecretKey(`AWS4${secret}`, 'utf8'),
  );
  signingKeys.set(source, key);
  return key;
}

function checkSignature(key: KeyObject, stringToSign: string, signature: string): void {
  const sent = Buffer.from(signature, 'hex');
  const expected = hmac(key, stringToSign);
  if (sent.length !== expected.length || !timingSafeEqual(expected, sent)) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
}

/** @param known the body's SHA-256, for services that do not want it in a header */
function claimOfHeaders({ headers, query }: SignedRequest, known: string | undefined): Claim {
  const authorization = headers.get('authorization');
  if (query.has('AWSAccessKeyId') || /^AWS [^:]+:/.test(authorization ?? ''))
    throw new S3Error('InvalidRequest', `signatures of version 2 are not taken; sign by ${ALGORITHM}`);
  if (authorization === undefined)
    throw new S3Error('AccessDenied', 'Access Denied: the request is not signed');
  const [, credential, signedHeaders, signature] = AUTHORIZATION.exec(authorization) ?? [];
  const date = headers.get('x-amz-date');
  const payload = known ?? headers.get('x-amz-content-sha256');
  if (!credential || !signedHeaders || !signature || !date || !payload) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `sign by ${ALGORITHM}, and send x-amz-date and x-amz-content-sha256`,
    );
  }
  const sessionToken = headers.get('x-amz-security-token');
  return { credential, signedHeaders, signature, date, payload, sessionToken };
}

function claimOfQuery({ query }: SignedRequest): Claim {
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
  const sessionToken = query.get('X-Amz-Security-Token') ?? undefined;
  return { credential, signedHeaders, signature, date, expires, payload: 'UNSIGNED-PAYLOAD', sessionToken };
}

/** What is not signed, somebody on the way may have added: the host and all that S3 acts on must be. */
function checkSignedHeaders({ headers }: SignedRequest, signed: readonly string[]): void {
  const needed = ['host', ...headers.keys().filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.filter((name) => !signed.includes(name));
  if (missing.length > 0) {
    throw new S3Error(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${missing.join(', ')}`,
    );
  }
}

function canonicalRequest({ method, path, query, headers }: SignedRequest, claim: Claim): string {
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

const hmac = (key: KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => hash('sha256', text);
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
