import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it, beforeAll, onTestFinished } from 'vitest';
import {
  ACCESS_KEY_ID,
  Bucket,
  connectS3,
  REGION,
  S3UnderTest,
  SECRET_ACCESS_KEY,
  sendHttp,
} from '../support/s3.ts';

/** What S3 must not let through: bodies, signatures and operations, asked by the real SDK and presigner. */

const s3 = new S3UnderTest();

/** Headers that the SDK's own signer makes for a PUT without its middleware. */
async function signedHeaders(url: URL, payload: string, headers: Record<string, string>) {
  const signer = await s3.client.config.signer({
    name: 'sigv4',
    signingName: 's3',
    signingRegion: REGION,
    properties: {},
  });
  const { protocol, hostname, port, pathname, host } = url;
  const unsigned = { ...headers, host, 'x-amz-content-sha256': payload };
  const signed = await signer.sign({
    method: 'PUT',
    protocol,
    hostname,
    port: Number(port),
    path: pathname,
    query: {},
    headers: unsigned,
  });
  return signed.headers;
}

describe('checksums', () => {
  it.each([
    { ContentMD5: createHash('md5').update('other').digest('base64') },
    { ChecksumCRC32: 'AAAAAA==' },
    { ChecksumSHA1: createHash('sha1').update('other').digest('base64') },
    { ChecksumSHA256: createHash('sha256').update('other').digest('base64') },
  ])('refuses a body that has not the checksum of its header: %o', async (checksum) => {
    await expect(s3.put('damaged', 'body', checksum)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(s3.get('damaged')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it.each(['CRC32', 'SHA1', 'SHA256'] as const)(
    'takes the right %s in a trailer',
    async (ChecksumAlgorithm) => {
      const bytes = randomBytes(100_000);
      await s3.put('checked', Readable.from([bytes]), { ContentLength: bytes.length, ChecksumAlgorithm });
      expect((await s3.get('checked')).equals(bytes)).toBe(true);
    },
  );

  // CRC-32 of "123456789" is cbf43926, the check value of the algorithm's catalogue.
  it.each([
    ['the right trailer', '9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n', 200, ''],
    [
      'signed chunks',
      '9;chunk-signature=ab\r\n123456789\r\n0;chunk-signature=cd\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n',
      200,
      '',
    ],
    ['a wrong trailer', '9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 400, 'BadDigest'],
    ['no trailer', '9\r\n123456789\r\n0\r\n\r\n', 400, 'MalformedTrailerError'],
    ['too little', '4\r\n1234\r\n0\r\nx-amz-checksum-crc32:m+PhQA==\r\n\r\n', 400, 'IncompleteBody'],
    ['an early end', '9\r\n1234', 400, 'IncompleteBody'],
    ['no chunks', '123456789', 400, 'IncompleteBody'],
  ])('reads aws-chunked with %s', async (_, body, status, code) => {
    const url = new URL(`${s3.server.endpoint}/${Bucket}/chunked`);
    const payload = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
    const headers = await signedHeaders(url, payload, {
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '9',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    });
    const answer = await sendHttp(url.href, 'PUT', headers, Buffer.from(body));
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(code)]);
    if (status === 200) expect((await s3.get('chunked')).toString()).toBe('123456789');
  });
});

describe('signatures', () => {
  const url = (more: object = {}, Key = 'signed.txt') =>
    getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60, ...more });
  beforeAll(() => s3.put('signed.txt', 'for the bearer'));

  it('lets the bearer of a presigned URL in', async () => {
    expect(await sendHttp(await url(), 'GET')).toMatchObject({ status: 200, text: 'for the bearer' });
  });

  it.each([
    ['another key', (good: string) => good.replace('signed.txt', 'versioned')],
    ['a longer life', (good: string) => good.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')],
    ['another parameter', (good: string) => `${good}&response-content-type=text%2Fhtml`],
    ['one parameter less', (good: string) => good.replace(/&x-id=GetObject/, '')],
    [
      'another signature',
      (good: string) => good.replace(/X-Amz-Signature=[0-9a-f]{4}/, 'X-Amz-Signature=0000'),
    ],
  ])('refuses a URL changed to %s', async (_, change) => {
    const good = await url();
    expect(change(good)).not.toBe(good);
    const answer = await sendHttp(change(good), 'GET');
    expect([answer.status, answer.text]).toEqual([
      403,
      expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
    ]);
  });

  it('refuses a URL for another method', async () => {
    expect((await sendHttp(await url(), 'PUT', {}, Buffer.from('x'))).status).toBe(403);
  });

  it('refuses a URL that has expired or is not yet valid', async () => {
    const expired = await sendHttp(await url({ signingDate: new Date(Date.now() - 61_000) }), 'GET');
    expect(expired.status).toBe(403);
    expect(expired.text).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
    const early = await sendHttp(await url({ signingDate: new Date(Date.now() + 3_600_000) }), 'GET');
    expect([early.status, early.text]).toEqual([403, expect.stringContaining('not yet valid')]);
  });

  it('refuses headers that nobody signed', async () => {
    const answer = await sendHttp(await url(), 'GET', { 'x-amz-checksum-mode': 'ENABLED' });
    expect([answer.status, answer.text]).toEqual([
      403,
      expect.stringContaining('not signed: x-amz-checksum-mode'),
    ]);
  });

  it('refuses requests without signature', async () => {
    const answer = await sendHttp(`${s3.server.endpoint}/${Bucket}/signed.txt`, 'GET');
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });

  it.each([
    [
      'wrong secret',
      { credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: 'guess' } },
      'SignatureDoesNotMatch',
    ],
    [
      'unknown key pair',
      { credentials: { accessKeyId: 'nobody', secretAccessKey: SECRET_ACCESS_KEY } },
      'InvalidAccessKeyId',
    ],
    ['wrong region', { region: 'eu-west-1' }, 'AuthorizationHeaderMalformed'],
    [
      'session token',
      { credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY, sessionToken: 't' } },
      'InvalidAccessKeyId',
    ],
  ])('refuses a client with a %s', async (_, config, name) => {
    const other = connectS3(s3.server.endpoint, config);
    onTestFinished(() => other.destroy());
    await expect(s3.get('signed.txt', other)).rejects.toMatchObject({ name });
    const stored = other.send(new PutObjectCommand({ Bucket, Key: 'intruder', Body: 'x' }));
    await expect(stored).rejects.toMatchObject({ name });
    await expect(s3.get('intruder')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('says of signatures of version 2 that they are not taken', async () => {
    const presigned = `${s3.server.endpoint}/${Bucket}/signed.txt?AWSAccessKeyId=a&Expires=9999999999&Signature=b`;
    const signed = { authorization: 'AWS a:b' };
    for (const answer of [
      await sendHttp(presigned, 'GET'),
      await sendHttp(`${s3.server.endpoint}/${Bucket}/signed.txt`, 'GET', signed),
    ])
      expect([answer.status, answer.text]).toEqual([
        400,
        expect.stringMatching(/InvalidRequest.*AWS4-HMAC-SHA256/),
      ]);
  });

  it('refuses a request signed an hour ago', async () => {
    const late = connectS3(s3.server.endpoint, { systemClockOffset: -3_600_000 });
    onTestFinished(() => late.destroy());
    await expect(s3.get('signed.txt', late)).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
  });

  it('refuses a body other than the signed one', async () => {
    const target = new URL(`${s3.server.endpoint}/${Bucket}/other-body`);
    const headers = await signedHeaders(target, createHash('sha256').update('good').digest('hex'), {});
    const answer = await sendHttp(target.href, 'PUT', headers, Buffer.from('evil'));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('XAmzContentSHA256Mismatch')]);
  });
});

describe('browsers', () => {
  it('answers the question before a presigned request', async () => {
    const answer = await fetch(`${s3.server.endpoint}/${Bucket}/any`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://gloss.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-other',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/);
    expect(answer.headers.get('access-control-allow-headers')).toBe('content-type,x-other');
  });

  it('shows answers and errors to any origin', async () => {
    await s3.put('shown', 'x');
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'shown' }));
    for (const address of [url, `${url}0`]) {
      const { headers } = await fetch(address, { headers: { origin: 'http://gloss.example' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toBe('ETag');
    }
  });
});
