import { createHash, randomBytes } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it, onTestFinished } from 'vitest';
import { s3ObjectStore } from '../../lib/adapters/s3-object-store.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { Bucket, connectS3, S3UnderTest, sendHttp } from '../support/s3.ts';

/** Uploads by the form of a browser: what the SDK signs comes in, and nothing else. */

const s3 = new S3UnderTest();
const tenant = parseTenantId('acme');
const store = () => s3ObjectStore(s3.client, Bucket, { nowMs: () => Date.now() });
const file = { bytes: 5, contentType: 'image/jpeg' };
const target = (key: string) => store().uploadTarget(tenant, key, file);
const answerOf = async (answer: Response) => [answer.status, await answer.text()] as const;
const refusal = (status: number, text: string): unknown => [status, expect.stringContaining(text)];

async function expectNothingAt(key: string): Promise<void> {
  await expect(s3.get(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
}

describe('our adapter', () => {
  it.each(['uploads/acme/up + load.jpg', 'uploads/acme/Käse "猫" %41.jpg', 'uploads/acme/\u{1F600}/a;b=c'])(
    'lets the bearer of an upload target put exactly that file: %s',
    async (key) => {
      const answer = await postForm(await target(key), 'bytes');
      expect(await answerOf(answer)).toEqual([204, '']);
      expect(answer.headers.get('etag')).toBe(`"${createHash('md5').update('bytes').digest('hex')}"`);
      expect(await store().get(tenant, key, 5)).toEqual({
        bytes: new Uint8Array(Buffer.from('bytes')),
        contentType: 'image/jpeg',
      });
      expect(s3.recordsOf(key)).toMatchObject([
        { eventName: 'ObjectCreated:Post', s3: { object: { size: 5 } } },
      ]);
    },
  );

  it('puts nothing under a name that the form would change', async () => {
    await expect(target('uploads/acme/${filename}')).rejects.toMatchObject({ code: 'image_name' });
    await expect(target('uploads/acme/a${filename}b')).rejects.toMatchObject({ code: 'image_name' });
  });

  it.each([
    ['one byte more', 'bytes+', 400, 'EntityTooLarge'],
    ['very many bytes', randomBytes(5_000_000), 400, 'EntityTooLarge'],
    ['one byte less', 'byte', 400, 'EntityTooSmall'],
    ['nothing', '', 400, 'EntityTooSmall'],
  ])('refuses %s', async (_, body, status, code) => {
    const key = 'uploads/acme/refused.jpg';
    expect(await answerOf(await postForm(await target(key), body))).toEqual(refusal(status, code));
    await expectNothingAt(key);
  });

  it.each([
    ['another key', { key: 'uploads/acme/other.jpg' }, 'Policy Condition failed'],
    ['the key of another tenant', { key: 'uploads/other/refused.jpg' }, 'Policy Condition failed'],
    ['another type', { 'Content-Type': 'text/html' }, 'Policy Condition failed'],
    ['a field more', { 'Cache-Control': 'max-age=9' }, 'Extra input fields: cache-control'],
    ['another signature', { 'X-Amz-Signature': '0'.repeat(64) }, 'SignatureDoesNotMatch'],
    ['no signature', { 'X-Amz-Signature': '' }, 'SignatureDoesNotMatch'],
  ])('refuses a form with %s', async (_, fields, why) => {
    const { url, fields: signed } = await target('uploads/acme/refused.jpg');
    const answer = await postForm({ url, fields: { ...signed, ...fields } }, 'bytes');
    expect(await answerOf(answer)).toEqual(refusal(403, why));
    await expectNothingAt('uploads/acme/refused.jpg');
  });

  it('refuses a policy that was changed', async () => {
    const { url, fields } = await target('uploads/acme/refused.jpg');
    const policy = JSON.parse(Buffer.from(fields['Policy']!, 'base64').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...policy, conditions: [] })).toString('base64');
    const answer = await postForm({ url, fields: { ...fields, Policy: changed } }, 'bytes');
    expect(await answerOf(answer)).toEqual(refusal(403, 'SignatureDoesNotMatch'));
  });
});

describe('a form', () => {
  const signed = (options: Partial<Parameters<typeof createPresignedPost>[1]> = {}, client = s3.client) =>
    createPresignedPost(client, { Bucket, Key: 'posted', Conditions: [], ...options });

  it('is refused when its policy has expired', async () => {
    const late = connectS3(s3.server.endpoint, { systemClockOffset: -61_000 });
    onTestFinished(() => late.destroy());
    const answer = await postForm(await signed({ Expires: 60 }, late), 'x');
    expect(await answerOf(answer)).toEqual(refusal(403, 'Policy expired'));
  });

  it('is refused when nobody that is known signed it', async () => {
    const credentials = { accessKeyId: 'nobody', secretAccessKey: 'guess' };
    const other = connectS3(s3.server.endpoint, { credentials });
    onTestFinished(() => other.destroy());
    expect(await answerOf(await postForm(await signed({}, other), 'x'))).toEqual(
      refusal(403, 'InvalidAccessKeyId'),
    );
    const { url } = await signed();
    expect(await answerOf(await postForm({ url, fields: { key: 'posted' } }, 'x'))).toEqual(
      refusal(403, 'AccessDenied'),
    );
  });

  it('may ask for another answer', async () => {
    const Fields = { success_action_status: '201' };
    const answer = await postForm(await signed({ Fields }), 'x');
    expect(await answerOf(answer)).toEqual(refusal(201, `<Bucket>${Bucket}</Bucket><Key>posted</Key>`));
  });

  it('may leave the name to the browser, below a prefix', async () => {
    const answer = await postForm(await signed({ Key: 'below/${filename}' }), 'x', {
      fileName: 'a "b" ü.jpg',
    });
    expect(answer.status).toBe(204);
    expect((await s3.get('below/a "b" ü.jpg')).toString()).toBe('x');
  });

  it('keeps metadata, and names of fields in any case', async () => {
    const { url, fields } = await signed({ Fields: { 'x-amz-meta-taken': '2026' } });
    const upper = Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [name.toUpperCase(), text]),
    );
    expect((await postForm({ url, fields: upper }, 'x')).status).toBe(204);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'posted' }));
    expect(head.Metadata).toEqual({ taken: '2026' });
  });

  it('keeps a file that looks like a boundary, in pieces of any size', async () => {
    const bytes = Buffer.concat([
      Buffer.from('--edge\r\n--edg\r\n--'),
      randomBytes(300_000),
      Buffer.from('\r\n--edg'),
    ]);
    const { url, fields } = await signed({ Key: 'tricky' });
    const body = formBody(fields, bytes);
    expect(await posted(url, body)).toMatchObject({ status: 204 });
    expect((await s3.get('tricky')).equals(bytes)).toBe(true);
  });

  it('is read up to the file: fields behind it do not count', async () => {
    const { url, fields } = await signed({ Key: 'behind' });
    const { key: _key, ...others } = fields;
    const behind = '\r\n--edge\r\nContent-Disposition: form-data; name="key"\r\n\r\nbehind\r\n--edge--\r\n';
    const body = formBody(others, Buffer.from('x'), behind);
    expect(await posted(url, body)).toMatchObject({
      status: 400,
      text: expect.stringContaining("'key'") as string,
    });
  });

  it.each<[string, (target: FormTarget) => Buffer, number, string]>([
    ['has no file', ({ fields }) => formBody(fields, undefined, '\r\n--edge--\r\n'), 400, 'exactly one file'],
    ['ends early', ({ fields }) => formBody(fields, Buffer.from('x'), ''), 400, 'MalformedPOSTRequest'],
    ['is none', () => Buffer.from('key=posted'), 400, 'MalformedPOSTRequest'],
    [
      'has too much before the file',
      ({ fields }) => formBody({ ...fields, 'x-ignore-me': 'x'.repeat(21_000) }, Buffer.from('x')),
      400,
      'MaxPostPreDataLengthExceeded',
    ],
    [
      'asks for more than is done here',
      ({ fields }) => formBody({ ...fields, acl: 'public-read' }, Buffer.from('x')),
      501,
      'acl',
    ],
  ])('is refused when it %s', async (_, make, status, code) => {
    const form = await signed({ Key: 'no-form' });
    const answer = await posted(form.url, make(form));
    expect([answer.status, answer.text]).toEqual(refusal(status, code));
    await expectNothingAt('no-form');
  });

  it('is refused as another type of body, and without its length', async () => {
    const { url, fields } = await signed({ Key: 'no-form' });
    const body = formBody(fields, Buffer.from('x'));
    const plain = await sendHttp(url, 'POST', { 'content-type': 'text/plain' }, body);
    expect([plain.status, plain.text]).toEqual(refusal(412, 'multipart/form-data'));
    const chunked = await sendHttp(
      url,
      'POST',
      { 'content-type': FORM, 'transfer-encoding': 'chunked' },
      body,
    );
    expect([chunked.status, chunked.text]).toEqual(refusal(411, 'MissingContentLength'));
  });
});

const FORM = 'multipart/form-data; boundary=edge';
const posted = (url: string, body: Buffer) =>
  sendHttp(url, 'POST', { 'content-type': FORM, 'content-length': String(body.length) }, body);

/** A form byte by byte, which no client would send so. */
function formBody(
  fields: Readonly<Record<string, string>>,
  bytes: Buffer | undefined,
  end = '\r\n--edge--\r\n',
): Buffer {
  const part = (parameters: string) => `--edge\r\nContent-Disposition: form-data; ${parameters}\r\n\r\n`;
  const texts = Object.entries(fields).map(([name, text]) => `${part(`name="${name}"`)}${text}\r\n`);
  const head = texts.join('') + (bytes ? part('name="file"; filename="a"') : '');
  return Buffer.concat([
    Buffer.from(bytes ? head : head.slice(0, -2)),
    bytes ?? Buffer.alloc(0),
    Buffer.from(end),
  ]);
}
