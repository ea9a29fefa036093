import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server as NetServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp1AndHttp2, type RunningServer } from '../../infra/local/bedrock/dual-http-server.ts';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { selfSigned } from '../support/certificate.ts';
import { faultyGate, type Fault } from '../support/faulty-gate.ts';
import { logLines } from '../support/log-lines.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/**
 * What a customer reads when something of ours fails. Every failure here speaks of the deployment, as those of AWS do, and none of
 * that may reach an answer.
 */

const ROLE = 'arn:aws:sts::123456789012:assumed-role/Gloss-DescribeRole/Gloss-Describe';
const SAYS_TOO_MUCH = `User: ${ROLE} is not authorized to perform: x:Y on resource: arn:aws:x:us-east-1:123456789012:y/z (gloss-bucket.s3.us-east-1.amazonaws.com, 127.0.0.1:8080, /tmp/a, /var/task/b.mjs, key AKIAIOSFODNN7EXAMPLE, request id 4442587FB7D0A2F9)`;

/** What a customer never reads. */
const INTERNAL = [
  /\barn:/i,
  /\d{12}/,
  /amazonaws|\.internal|\.local\b/i,
  /127\.0\.0\.1|localhost|\[?::1\]?/,
  /\/tmp|\/var|\/home|\/opt|\/root|\/work|node_modules|\.m?[jt]s\b/,
  /(?:AKIA|ASIA)[A-Z0-9]{8}/,
  /request ?id/i,
  /gloss-/i, // buckets, tables, functions and roles of the embedded stack
  /embedded-detector/,
  /\bE[A-Z]{4,}\b/, // ENOTFOUND, ECONNRESET
  /Exception|\bat \w+.*:\d+/,
];
const holdsNothingInternal = (text: string) => {
  for (const pattern of INTERNAL) expect(text).not.toMatch(pattern);
};

const tenant = parseTenantId('reasons');
const [dynamoDb, s3, lambda] = [faultyGate(), faultyGate(), faultyGate()];
let service: Awaited<ReturnType<typeof startService>>;
let bedrock: RunningServer;
let model: Fault = 'cut';
let key: string;

beforeAll(async () => {
  bedrock = await serveHttp1AndHttp2(0, (request, response) => {
    request.resume();
    if (model === 'cut') {
      request.socket.destroy();
      return;
    }
    response.statusCode = model.status;
    for (const [name, value] of Object.entries(model.headers ?? {}))
      response.setHeader(name, value as string);
    response.end(model.body);
  });
  service = await startService({
    environment: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint, POWERTOOLS_LOG_LEVEL: 'WARN' },
    between: { DYNAMODB: dynamoDb.before, S3: s3.before, LAMBDA: lambda.before },
  });
  key = await service.keys.create(tenant, undefined, { cropPolicy: 'none' });
});
afterAll(async () => {
  await service.close();
  for (const gate of [dynamoDb, s3, lambda]) gate.close();
  await bedrock.close();
});
afterEach(() => {
  for (const gate of [dynamoDb, s3, lambda]) gate.fault = () => undefined;
});

const awsJson = (type: string, status: number): Fault => ({
  status,
  headers: {
    'x-amzn-errortype': type,
    'content-type': 'application/json',
    'x-amzn-requestid': '4442587FB7D0A2F9',
  },
  body: JSON.stringify({ __type: type, message: SAYS_TOO_MUCH, Message: SAYS_TOO_MUCH }),
});
const s3Xml = (code: string, status: number, message = SAYS_TOO_MUCH): Fault => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
});

type Told = { readonly code: string; readonly reason: string } | undefined;

let names = 0;
/** What is said of a picture at the last attempt. */
async function failureOf(picture: Uint8Array, contentType?: string) {
  const name = `${names++}.jpg`;
  await service.upload(`uploads/${tenant}/${name}`, picture, contentType);
  return failureOfUpload(name);
}
async function failureOfUpload(name: string) {
  const lines = await logLines(() =>
    service.describe(s3Event('Created:Put', `uploads/${tenant}/${name}`, '01', 5)),
  );
  lambda.fault = s3.fault = () => undefined;
  const { json } = await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key);
  const { status, failure, waiting } = json as Record<'failure' | 'waiting', Told> & { status: string };
  const told = status === 'waiting' ? waiting : failure;
  // The dashboard counts these lines by code.
  const logged = lines.filter(({ message }) => message === 'image failed').map(({ code }) => code);
  expect(logged).toEqual(status === 'failed' ? [told!.code] : []);
  expect(['failed', 'waiting']).toContain(status);
  holdsNothingInternal(JSON.stringify(told));
  expect(told!.reason).toMatch(/^\S.{8,}/);
  return { status, ...told! };
}
const cat = () => fixture('samples/chelsea.jpg');

describe('a picture fails or waits without a word about the deployment', () => {
  it.each([
    ['AccessDeniedException', 403, 'model_refused', 'failed'],
    ['ResourceNotFoundException', 404, 'model_refused', 'failed'],
    ['ValidationException', 400, 'model_refused', 'failed'],
    ['ThrottlingException', 429, 'model_throttled', 'waiting'],
    ['InternalServerException', 500, 'model_unavailable', 'waiting'],
    ['ModelErrorException', 424, 'model_unavailable', 'waiting'],
  ] as const)('where the model answers %s', async (type, answered, code, status) => {
    model = awsJson(type, answered);
    expect(await failureOf(await cat())).toMatchObject({ code, status });
  });

  it('where the model breaks the connection off', async () => {
    model = 'cut';
    expect(await failureOf(await cat())).toMatchObject({ code: 'model_unavailable', status: 'waiting' });
  });

  it.each([
    ['AccessDenied', s3Xml('AccessDenied', 403), 'objects_refused'],
    [
      'AccessDenied for an old address',
      s3Xml('AccessDenied', 403, `${SAYS_TOO_MUCH} expired`),
      'objects_unavailable',
    ],
    ['SignatureDoesNotMatch', s3Xml('SignatureDoesNotMatch', 403), 'objects_unavailable'],
    ['SlowDown', s3Xml('SlowDown', 503), 'objects_throttled'],
    ['an error of its own', s3Xml('InternalError', 500), 'objects_unavailable'],
    [
      'another address',
      { status: 307, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
      'objects_unavailable',
    ],
    ['nothing', 'cut', 'objects_unavailable'],
  ] as const)('where S3 answers %s', async (_, fault, code) => {
    const name = `${names++}.jpg`;
    await service.upload(`uploads/${tenant}/${name}`, await cat());
    s3.fault = ({ method }) => (method === 'GET' ? fault : undefined);
    expect(await failureOfUpload(name)).toMatchObject({ code });
  });

  const thrown = (errorType: string): Fault => ({
    status: 200,
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage: SAYS_TOO_MUCH }),
  });
  it.each([
    ['may not be called', awsJson('AccessDeniedException', 403), 'function_refused'],
    ['is busy', awsJson('TooManyRequestsException', 429), 'function_throttled'],
    ['throws', thrown('Error'), 'function_failed'],
    ['takes too long', thrown('Sandbox.Timedout'), 'function_timed_out'],
    ['answers nonsense', { status: 200, body: JSON.stringify(SAYS_TOO_MUCH) }, 'function_answer'],
    ['breaks the connection off', 'cut', 'function_unavailable'],
  ] as const)('where the function that decodes %s', async (_, fault, code) => {
    lambda.fault = () => fault;
    expect(await failureOf(await cat())).toMatchObject({ code });
  });

  it.each([
    ['images/truncated.jpg', 'unreadable'],
    ['images/not-an-image.jpg', 'not_a_picture'],
    ['images/external-reference.svg', 'format_not_read'],
    ['images/empty.jpg', 'empty_file'],
    ['images/huge-dimensions.png', 'too_many_pixels'],
  ])('where it is %s', async (path, code) => {
    expect(await failureOf(await fixture(path))).toMatchObject({ code });
  });
});

describe('the test of a webhook fails without a word about the deployment', () => {
  const servers: NetServer[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });
  async function started(server: NetServer) {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address() as AddressInfo;
  }
  async function test(url: string) {
    await service.request('PUT', '/v1/webhook', key, { url });
    const { status, text } = await service.request('POST', '/v1/webhook/test', key);
    holdsNothingInternal(text);
    return { status, ...(JSON.parse(text) as { delivered?: boolean; reason?: string; code?: string }) };
  }

  it('where its name does not resolve', async () => {
    // RFC 6761, section 6.4: no name under .invalid exists. A machine without DNS may need longer than the call.
    const { reason } = await test('https://no-such-host.invalid/hook');
    expect(reason).toMatch(/^the webhook (?:has a name that does not resolve|did not answer within 5 s)$/);
  });

  it('where its certificate is not valid', async () => {
    const { port } = await started(createHttps(selfSigned('receiver.test')));
    expect(await test(`https://127.0.0.1:${port}/`)).toMatchObject({
      reason: 'the webhook has no valid certificate',
    });
  });

  it('where it speaks no TLS', async () => {
    const { port } = await started(createTcp((socket) => socket.end(SAYS_TOO_MUCH)));
    expect((await test(`https://127.0.0.1:${port}/`)).reason).toMatch(
      /^the webhook (?:did not agree on TLS|broke the connection off)$/,
    );
  });

  it('where it never answers', async () => {
    const { port } = await started(createTcp(() => undefined));
    expect(await test(`http://127.0.0.1:${port}/`)).toMatchObject({
      reason: 'the webhook did not answer within 5 s',
    });
  });

  it('where it answers an error that tells of others', async () => {
    const receiver = createHttp((_, response) =>
      response.writeHead(500, SAYS_TOO_MUCH.slice(0, 40)).end(SAYS_TOO_MUCH),
    );
    const { port } = await started(receiver);
    expect(await test(`http://127.0.0.1:${port}/`)).toMatchObject({ reason: 'the webhook answered 500' });
  });

  it('where nobody listens', async () => {
    const server = createTcp();
    const { port } = await started(server);
    server.close();
    await once(server, 'close');
    expect(await test(`http://127.0.0.1:${port}/`)).toMatchObject({
      reason: 'the webhook refused the connection',
    });
  });

  it.each([
    [awsJson('AccessDeniedException', 403), 500],
    [awsJson('ResourceNotFoundException', 404), 500],
    [awsJson('ServiceException', 500), 503],
    ['cut', 503],
  ] as const)('where the function that calls it cannot be had', async (fault, status) => {
    lambda.fault = () => fault;
    expect(await test('http://127.0.0.1:9/')).toMatchObject({ status });
  });
});

describe('a request fails without a word about the deployment', () => {
  const REQUESTS = [
    ['GET', '/v1/images'],
    ['GET', '/v1/search?q=cat&likely=true&related=true'],
    ['GET', '/v1/words?prefix=ca'],
    ['POST', '/v1/uploads', { files: [{ name: 'a.jpg', bytes: 1, contentType: 'image/jpeg' }] }],
    ['POST', '/v1/documents', { documents: [{ id: 'a', texts: ['x'] }] }],
    ['GET', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`],
    ['DELETE', `/v1/images/${imageIdOf(tenant, 'a.jpg')}`],
    ['GET', '/v1/usage'],
  ] as const;

  it.each([
    ['refuses', awsJson('com.amazonaws.dynamodb.v20120810#AccessDeniedException', 400), /50[03]/],
    [
      'does not know the table',
      awsJson('com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', 400),
      /50[03]/,
    ],
    ['does not understand', awsJson('com.amazon.coral.validate#ValidationException', 400), /50[03]/],
    ['breaks the connection off', 'cut', /503/],
  ] as const)('where the store %s', async (_, fault, statuses) => {
    // Who asks is found out; then nothing more is answered.
    dynamoDb.fault = (_request, body) =>
      /ImagesTable|IndexTable|-images|-index|\/usage/i.test(body) ? fault : undefined;
    for (const [method, path, body] of REQUESTS) {
      const { status, text } = await service.request(method, path, key, body);
      expect(String(status), path).toMatch(statuses);
      holdsNothingInternal(text);
    }
  });
});
