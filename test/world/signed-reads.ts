import { S3ServiceException } from '@aws-sdk/client-s3';
import type { World } from './world.ts';

/**
 * What S3 answers whoever reads a signed address. Who has signed it is not looked at, only whether it is still good. Errors are
 * those of "Error responses" and of GetObject, Amazon S3 API Reference.
 */
export async function answerSignedRead({ s3, time }: World, address: string): Promise<Response> {
  const { hostname, pathname, searchParams } = new URL(address);
  if (signedMs(searchParams) + Number(searchParams.get('X-Amz-Expires')) * 1000 < time.nowMs())
    return refusal(403, 'AccessDenied', 'Request has expired');
  const Bucket = hostname.slice(0, hostname.indexOf('.s3.'));
  const Key = decodeURIComponent(pathname.slice(1));
  const VersionId = searchParams.get('versionId') ?? undefined;
  try {
    const { Body, ContentType } = s3.GetObject({ Bucket, Key, VersionId });
    return new Response(await Body.transformToByteArray(), {
      headers: { 'content-type': ContentType ?? 'binary/octet-stream' },
    });
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return refusal(error.$metadata.httpStatusCode!, error.name, error.message);
  }
}

/** Of a time such as `20260110T090000Z`. */
function signedMs(query: URLSearchParams): number {
  const at = query.get('X-Amz-Date') ?? '';
  return Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const refusal = (status: number, code: string, message: string) =>
  new Response(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, {
    status,
    headers: { 'content-type': 'application/xml' },
  });
