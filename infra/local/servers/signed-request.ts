import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Access, Caller } from '../iam/access.ts';
import { REGION } from '../physical-names.ts';
import { S3Error } from './s3-error.ts';
import { verifySignature } from './s3-signature.ts';

/** What is wrong with a signature, for a service to say in its own protocol. */
export class NotSigned extends Error {}

/** The body of a request, whole. */
export async function readWhole(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * Who signed a request of a service that takes its whole body in one piece: DynamoDB, Lambda, SQS, STS.
 * @throws NotSigned when nobody that is known did.
 */
export function verifyCaller(
  {
    method = 'POST',
    url = '/',
    headersDistinct,
  }: Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct'>,
  body: Buffer,
  service: 'dynamodb' | 'events' | 'lambda' | 'sqs' | 'sts',
  { secretOf }: Pick<Access, 'secretOf'>,
): Caller {
  const [path = '/', query = ''] = url.split('?');
  const headers = Object.entries(headersDistinct).map(
    ([name, values = []]) => [name, values.join(',')] as const,
  );
  const request = { method, path, query: new URLSearchParams(query), headers: new Map(headers) };
  const verifier = {
    region: REGION,
    secretFor: (accessKeyId: string, sessionToken: string | undefined) =>
      secretOf({ accessKeyId, sessionToken }),
  };
  const payload = hash('sha256', body);
  try {
    return verifySignature(request, verifier, Date.now(), { service, payload });
  } catch (error) {
    if (error instanceof S3Error) throw new NotSigned(error.message, { cause: error });
    throw error;
  }
}
