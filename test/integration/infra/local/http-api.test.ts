import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { Overloaded } from '../../../../infra/local/function-host.ts';
import { startHttpApi, type HttpApi } from '../../../../infra/local/http-api.ts';

let api: HttpApi | undefined;
let logged: string[] = [];

afterEach(async () => {
  await api?.close();
  logged = [];
});

async function serve(invoke: (event: unknown) => unknown): Promise<string> {
  api = await startHttpApi({
    port: 0,
    invoke: (event) => Promise.resolve().then(() => invoke(event)),
    log: (line) => logged.push(line),
  });
  return api.url;
}

/** The event that a request becomes. */
async function eventOf(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  let seen: unknown;
  const url = await serve((event) => void (seen = event));
  await fetch(`${url}${path}`, init);
  return seen as Record<string, unknown>;
}

describe('a request becomes an event of payload format 2.0', () => {
  // Expected values follow the examples of "Work with AWS Lambda proxy integrations" in the API Gateway guide.
  test('with path, query and headers', async () => {
    const event = await eventOf('/my/path?a=1&b=2&a=3&empty=', {
      headers: { Header1: 'value1', Accept: 'text/html' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/my/path',
      rawQueryString: 'a=1&b=2&a=3&empty=',
      queryStringParameters: { a: '1,3', b: '2', empty: '' },
      headers: { header1: 'value1', accept: 'text/html' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        http: { method: 'GET', path: '/my/path', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: '$default',
        stage: '$default',
      },
    });
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('cookies');
  });

  test('with repeated headers joined and cookies apart', async () => {
    let event: unknown;
    const url = await serve((seen) => void (event = seen));
    await new Promise((resolve) =>
      request(url, { headers: { 'X-Many': ['one', 'two'], Cookie: 'cookie1=a; cookie2=b' } }, resolve).end(),
    );
    expect(event).toMatchObject({ headers: { 'x-many': 'one,two' }, cookies: ['cookie1=a', 'cookie2=b'] });
    expect((event as { headers: object }).headers).not.toHaveProperty('cookie');
  });

  test('with the path decoded and the query not', async () => {
    expect(await eventOf('/caf%C3%A9%20au?q=caf%C3%A9+au')).toMatchObject({
      rawPath: '/café au',
      rawQueryString: 'q=caf%C3%A9+au',
      queryStringParameters: { q: 'café au' },
    });
  });

  test.each([
    ['application/json; charset=utf-8', 'text'],
    ['application/problem+json', 'text'],
    ['text/plain', 'text'],
    ['application/octet-stream', 'base64'],
    ['image/jpeg', 'base64'],
  ])('with a body of %s as %s', async (type, encoding) => {
    const event = await eventOf('/', { method: 'POST', body: '{"ü":1}', headers: { 'content-type': type } });
    expect(event['isBase64Encoded']).toBe(encoding === 'base64');
    expect(event['body']).toBe(encoding === 'base64' ? 'eyLDvCI6MX0=' : '{"ü":1}');
  });
});

describe('a result becomes a response', () => {
  test('with status, headers and cookies', async () => {
    const url = await serve(() => ({
      statusCode: 201,
      headers: { 'X-Custom': 'yes', 'content-type': 'text/plain', 'x-number': 3 },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: 'Hello from Lambda!',
    }));
    const response = await fetch(url);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-custom')).toBe('yes');
    expect(response.headers.get('x-number')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect(await response.text()).toBe('Hello from Lambda!');
  });

  test('with a body out of base64', async () => {
    const url = await serve(() => ({ statusCode: 200, body: '/9j/', isBase64Encoded: true }));
    expect([...new Uint8Array(await (await fetch(url)).arrayBuffer())]).toEqual([0xff, 0xd8, 0xff]);
  });

  test('as JSON where it has no status', async () => {
    const url = await serve(() => ({ message: 'Hello from Lambda!' }));
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ message: 'Hello from Lambda!' });
  });
});

describe('answers for itself', () => {
  async function answerTo(
    invoke: () => unknown,
    path = '/',
    init: RequestInit = {},
  ): Promise<[number, unknown]> {
    const response = await fetch(`${await serve(invoke)}${path}`, init);
    return [response.status, await response.json()];
  }

  test('when the function fails', async () => {
    const answer = answerTo(() => {
      throw new Error('secret of the function');
    }, '/v1/search?q=secret');
    expect(await answer).toEqual([500, { message: 'Internal Server Error' }]);
    expect(logged).toEqual(['GET /v1/search: secret of the function']);
  });

  test('when the result cannot be sent', async () => {
    expect(await answerTo(() => ({ statusCode: 'fine' }))).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
  });

  test('when a header of the result cannot be sent', async () => {
    expect(await answerTo(() => ({ statusCode: 200, headers: { 'x-bad': 'a\r\nb' } }))).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
  });

  test('when too many requests wait', async () => {
    const answer = answerTo(() => {
      throw new Overloaded('no process is free');
    });
    expect(await answer).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test('when the request is larger than 10 MB', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect(await answerTo(() => null, '/', { method: 'POST', body })).toEqual([
      413,
      { message: 'Request Entity Too Large' },
    ]);
  });

  test('when the path has a broken escape', async () => {
    expect(await answerTo(() => null, '/%E0%A4%A')).toEqual([400, { message: 'Bad Request' }]);
  });
});

test('a taken port is named', async () => {
  const port = Number(new URL(await serve(() => null)).port);
  await expect(startHttpApi({ port, invoke: () => Promise.resolve(), log: () => undefined })).rejects.toThrow(
    `port ${port} is taken: choose another by --port`,
  );
});
