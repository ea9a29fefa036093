import { join } from 'node:path';
import {
  InvokeCommand,
  LambdaClient,
  LambdaServiceException,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hostFunction, type FunctionHost } from '../../infra/local/function-host.ts';
import { enforceAccess } from '../../infra/local/iam/access.ts';
import { startLambda } from '../../infra/local/servers/lambda-server.ts';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import { ending, type Asked } from '../support/asked.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { eventually } from '../support/eventually.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/**
 * One function calls another: the adapter and the real SDK, on an embedded Lambda that enforces policies, and on the Lambda of a
 * world, which enforces none. Names, statuses and limits are those of Invoke, AWS Lambda API Reference.
 */

const SIX_MB = 6 * 1024 * 1024;
const NAME = 'Gloss-Obedient';
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const keyPair = (name: string) => ({ accessKeyId: name, secretAccessKey: `secret of ${name}` });

const allowed = [
  {
    Effect: 'Allow' as const,
    Action: ['lambda:InvokeFunction'],
    Resource: [arnOf(NAME)],
    Condition: {},
  },
];
const access = enforceAccess({
  roles: {
    byArn: new Map([
      [roleArn('Caller'), { arn: roleArn('Caller'), statements: allowed, trust: [] }],
      [roleArn('Stranger'), { arn: roleArn('Stranger'), statements: [], trust: [] }],
    ]),
    ofFunction: new Map(),
    denials: [],
  },
  operator: keyPair('Operator'),
  functions: ['Caller', 'Stranger'].map((name) => ({ credentials: keyPair(name), roleArn: roleArn(name) })),
  sessionSecret: 'sealed',
});
const clock = new ManualClock();
let logged = '';
let host: FunctionHost;

beforeAll(() => {
  host = hostFunction({
    name: NAME,
    entryPath: join(import.meta.dirname, '../fixtures/functions/obedient.ts'),
    exportName: 'handler',
    environment: { PATH: process.env.PATH ?? '' },
    timeoutMs: 20_000,
    memoryMb: 128,
    maxConcurrency: 1,
    maxWaiting: 0,
    log: (text) => (logged += text.toString()),
    clock,
  });
});
afterAll(() => host.close());

type Lambda = Asked<LambdaClient>;

const connect = (endpoint: string, credentials = keyPair('Caller')) =>
  new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

const startEmbedded = () =>
  startLambda({
    access,
    functionNamed: (name) =>
      name === NAME ? { arn: arnOf(NAME), invoke: (event) => host.invoke(event) } : undefined,
  });

async function openEmbedded(): Promise<Lambda> {
  const server = await startEmbedded();
  // Policies hide from others which functions there are.
  const client = connect(server.endpoint, keyPair('Operator'));
  return { client, close: ending(client, server) };
}

function openWorld(): Promise<Lambda> {
  const world = bareWorld();
  // The host bounds what a function answers; in a world functions have none, and the world's own bound is asked.
  const invoke = (event: unknown) => {
    const { do: what, value } = event as { readonly do?: string; readonly value?: number };
    return what === 'respond' ? Promise.resolve('x'.repeat(value!)) : host.invoke(event);
  };
  world.functionNamed = (name) => (name === NAME ? invoke : undefined);
  const client = attached(connect('http://localhost'), world);
  return Promise.resolve({ client, close: ending(client) });
}

const callBy = (client: LambdaClient, request: unknown, name = NAME, answer: z.ZodType = z.unknown()) =>
  lambdaFunction<unknown, unknown>(client, name, answer).call(request);
const echo = (value: unknown) => ({ do: 'echo', value });

describe.each([
  ['the embedded Lambda', openEmbedded],
  ['the Lambda of a world', openWorld],
])('%s', (_name, open) => {
  let lambda: Lambda;
  beforeAll(async () => {
    lambda = await open();
  });
  afterAll(() => lambda.close());

  const call = (request: unknown, answer?: z.ZodType) => callBy(lambda.client, request, NAME, answer);
  const invoke = (input: Partial<InvokeCommandInput>) =>
    lambda.client.send(new InvokeCommand({ FunctionName: NAME, ...input }));
  const refused = async (input: Partial<InvokeCommandInput>) => {
    const error: unknown = await invoke(input).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(LambdaServiceException);
    const { name, $metadata } = error as LambdaServiceException;
    return [name, $metadata.httpStatusCode];
  };

  describe('an answer', () => {
    it('has status 200 and the JSON of what the function returned', async () => {
      const { StatusCode, FunctionError, Payload } = await invoke({
        Payload: JSON.stringify(echo(['ü', 1])),
      });
      expect([StatusCode, FunctionError, Payload?.transformToString()]).toEqual([200, undefined, '["ü",1]']);
    });

    it('has status 200 and says Unhandled where the function threw', async () => {
      const { StatusCode, FunctionError, Payload } = await invoke({ Payload: '{"do":"throw"}' });
      expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
      expect(JSON.parse(Payload!.transformToString())).toMatchObject({
        errorType: 'TypeError',
        errorMessage: 'told to throw',
      });
    });
  });

  describe('a refusal', () => {
    it('is of a function that is not there', async () => {
      expect(await refused({ FunctionName: 'Gloss-Other' })).toEqual(['ResourceNotFoundException', 404]);
    });

    it('is of a payload that is no JSON', async () => {
      expect(await refused({ Payload: '{' })).toEqual(['InvalidRequestContentException', 400]);
    });

    it('is of a payload above 6 MB', async () => {
      expect(await refused({ Payload: `"${'x'.repeat(SIX_MB)}"` })).toEqual([
        'RequestTooLargeException',
        413,
      ]);
    });

    it('is of an event that nobody waits for, on purpose: AWS would take it, and no caller here may send one', async () => {
      expect(await refused({ InvocationType: 'Event' })).toEqual(['InvalidParameterValueException', 400]);
    });
  });

  describe('a call of the adapter', () => {
    it('brings the request there and the answer back', async () => {
      expect(await call(echo({ deep: ['ü', 1, null] }))).toEqual({ deep: ['ü', 1, null] });
      expect(await call(echo(null))).toBeNull();
    });

    it('holds 6 MB of request, and no more', async () => {
      const room = SIX_MB - JSON.stringify({ do: 'process', pad: '' }).length;
      const padded = (bytes: number) => ({ do: 'process', pad: 'x'.repeat(bytes) });
      expect(await call(padded(room))).toEqual(expect.any(Number));
      await expect(call(padded(room + 1))).rejects.toMatchObject({
        kind: 'internal',
        code: 'function_refused',
        cause: expect.objectContaining({ name: 'RequestTooLargeException' }) as Error,
      });
    });

    it('holds 6 MB of answer, and no more', async () => {
      expect(await call({ do: 'respond', value: SIX_MB - 2 })).toHaveLength(SIX_MB - 2);
      await expect(call({ do: 'respond', value: SIX_MB - 1 })).rejects.toMatchObject({
        code: 'function_failed',
      });
    });

    it('says that the function threw, and keeps its words in the cause', async () => {
      await expect(call({ do: 'throw' })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'function_failed',
        message: 'a part of the service did not finish',
        cause: new Error('TypeError: told to throw'),
      });
    });

    it('says that the process ended, and the next call succeeds', async () => {
      await expect(call({ do: 'crash' })).rejects.toMatchObject({
        code: 'function_failed',
        cause: expect.objectContaining({
          message: expect.stringContaining('Runtime.ExitError') as string,
        }) as Error,
      });
      expect(await call(echo(1))).toBe(1);
    });

    it('is throttled where as many run as may, and says that a function ran out of time', async () => {
      logged = '';
      const hanging = expect(call({ do: 'hang' })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'function_timed_out',
      });
      await eventually(() => expect(logged).toContain('about to hang'));
      expect(await refused({ Payload: '{}' })).toEqual(['TooManyRequestsException', 429]);
      await expect(call(echo(1))).rejects.toMatchObject({ kind: 'throttled', code: 'function_throttled' });
      clock.advance(20_000);
      await hanging;
    });

    it('is refused an answer of another shape', async () => {
      await expect(call(echo('text'), z.number())).rejects.toMatchObject({
        kind: 'internal',
        code: 'function_answer',
      });
    });

    it('can be given up', async () => {
      const giveUp = new AbortController();
      const waiting = lambdaFunction(lambda.client, NAME, z.unknown()).call(
        { do: 'wait', value: 300 },
        giveUp.signal,
      );
      giveUp.abort();
      await expect(waiting).rejects.toMatchObject({ code: 'function_unavailable' });
      // It runs to its end all the same.
      await eventually(async () => expect(await call(echo(1))).toBe(1));
    });
  });
});

describe('whoever may not call the embedded Lambda', () => {
  let server: Awaited<ReturnType<typeof startLambda>>;
  const clients: LambdaClient[] = [];
  beforeAll(async () => {
    server = await startEmbedded();
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await server.close();
  });

  function clientOf(name: string, secretAccessKey?: string): LambdaClient {
    const client = connect(server.endpoint, {
      ...keyPair(name),
      ...(secretAccessKey && { secretAccessKey }),
    });
    clients.push(client);
    return client;
  }

  it('is one whose role has no policy for it; the caller has one', async () => {
    expect(await callBy(clientOf('Caller'), echo(1))).toBe(1);
    await expect(callBy(clientOf('Stranger'), echo(1))).rejects.toMatchObject({
      kind: 'internal',
      cause: expect.objectContaining({
        message: expect.stringContaining('not authorized to perform: lambda:InvokeFunction') as string,
      }) as Error,
    });
  });

  it('does not learn which functions there are', async () => {
    await expect(callBy(clientOf('Caller'), echo(1), 'Gloss-Other')).rejects.toMatchObject({
      cause: expect.objectContaining({ name: 'AccessDeniedException' }) as Error,
    });
  });

  it('is refused with a wrong secret', async () => {
    await expect(
      clientOf('Caller', 'guessed').send(new InvokeCommand({ FunctionName: NAME, Payload: '{}' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});

it('the server is down: that is said, too', async () => {
  const client = connect('http://127.0.0.1:9');
  await expect(callBy(client, echo(1))).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'function_unavailable',
  });
  client.destroy();
});
