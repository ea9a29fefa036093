import type { S3Answer } from './s3-answer.ts';
import { createHash } from 'node:crypto';
import { S3Error } from './s3-error.ts';
import { readForm, type Form } from './s3-form.ts';
import { storeObject, type Requester, type Store, type StoredHeaders } from './s3-operations.ts';
import { checkPolicy, type SizeRange } from './s3-post-policy.ts';
import { checkKey, type S3Request } from './s3-request.ts';
import { verifyPolicySignature, type Signer, type Verifier } from './s3-signature.ts';
import { element, XML_HEAD } from './s3-xml.ts';

/** What a form can ask for; anything else would have to be heeded. */
const HEEDED =
  /^(?:key|bucket|policy|success_action_status|content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-(?:algorithm|credential|date|security-token|signature|checksum-algorithm|checksum-sha256|meta-.+)|x-ignore-.+)$/;
const MARKER = '${filename}';
const SHA256 = 'x-amz-checksum-sha256';

/** Whether a request is the upload of a form. */
export const isForm = ({ method, key, query }: S3Request): boolean =>
  method === 'POST' && key === undefined && !query.has('delete');

/**
 * Stores the file of a form if a policy lets it in whose signer may put the object.
 * Source: "POST Object" and "Browser-Based Uploads Using POST" of the S3 API reference.
 */
export async function postObject(
  store: Store,
  request: S3Request,
  verifier: Verifier,
  requesterOf: (signer: Signer) => Requester,
): Promise<S3Answer> {
  const { headers, query, body } = request;
  if (query.size > 0)
    throw new S3Error('NotImplemented', `${[...query.keys()].join(', ')}: not implemented by the local S3`);
  if (!headers.has('content-length'))
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  try {
    const form = await readForm(headers.get('content-type') ?? '', body);
    return await storeForm(store, request, form, verifier, requesterOf);
  } finally {
    // A browser that is still sending would not hear the answer.
    for await (const _ of body);
  }
}

async function storeForm(
  store: Store,
  request: S3Request,
  form: Form,
  verifier: Verifier,
  requesterOf: (signer: Signer) => Requester,
): Promise<S3Answer> {
  const { bucket } = request;
  const key = form.fields.get('key')?.replaceAll(MARKER, () => form.fileName);
  if (!key) throw new S3Error('InvalidArgument', "Bucket POST must contain a field named 'key'.");
  checkKey(key);
  const fields = new Map([...form.fields, ['bucket', bucket], ['key', key]]);
  const unknown = [...fields.keys()].filter((name) => !HEEDED.test(name));
  if (unknown.length > 0)
    throw new S3Error('NotImplemented', `${unknown.join(', ')}: not implemented by the local S3`);

  const { signer, policy } = verifyPolicySignature(fields, verifier);
  const range = checkPolicy(policy, fields, Date.now());
  const refusal = requesterOf(signer).refusal('s3:PutObject', key);
  if (refusal !== undefined) throw new S3Error('AccessDenied', refusal);
  if (!store.database.hasBucket(bucket))
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');

  const { accessKeyId } = signer;
  const object = { key, headers: fields, eventName: 'ObjectCreated:Post' as const };
  const stored = await storeObject(store, { request, accessKeyId }, object, (write) =>
    receiveFile(form, range, fields.get(SHA256), write),
  );
  return answerOf(fields.get('success_action_status'), bucket, key, stored);
}

/** Takes the file in to its end, also where it is too large. */
async function receiveFile(
  { file }: Form,
  { min, max }: SizeRange,
  expectedSha256: string | undefined,
  write: (bytes: Buffer) => Promise<void>,
) {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let size = 0;
  for await (const bytes of file) {
    size += bytes.length;
    if (size > max) continue;
    md5.update(bytes);
    sha256.update(bytes);
    await write(bytes);
  }
  if (size > max)
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  if (size < min)
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  if (expectedSha256 !== undefined && expectedSha256 !== sha256.digest('base64'))
    throw new S3Error('BadDigest', 'The SHA256 you specified did not match the calculated checksum.');
  return { size, eTag: md5.digest('hex') };
}

/** 204 unless the form asks for another; only 201 has a body. */
function answerOf(wanted: string | undefined, bucket: string, key: string, stored: StoredHeaders): S3Answer {
  const headers = { ...stored, location: `/${bucket}/${encodeURIComponent(key)}` };
  if (wanted === '200') return { status: 200, headers };
  if (wanted !== '201') return { status: 204, headers };
  const content = { Location: headers.location, Bucket: bucket, Key: key, ETag: stored.etag };
  const elements = Object.entries(content).map(([name, text]) => element(name, text));
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: `${XML_HEAD}<PostResponse>${elements.join('')}</PostResponse>`,
  };
}
