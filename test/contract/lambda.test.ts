import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hostFunction, type FunctionHost } from '../../infra/local/function-host.ts';
import { enforceAccess } from '../../infra/local/iam/access.ts';
import { startLambda } from '../../infra/local/servers/lambda-server.ts';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { eventually } from '../support/eventually.ts';

/** One function calls another: the adapter and the real SDK, on an embedded Lambda that enforces policies. */

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
let server: Awaited<ReturnType<typeof startLambda>>;
const clients: LambdaClient[] = [];

function clientOf(name: string, secretAccessKey = `secret of ${name}`): LambdaClient {
  const client = new LambdaClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: name, secretAccessKey },
    maxAttempts: 1,
  });
  clients.push(client);
  return client;
}

const call = (request: unknown, client = clientOf('Caller'), name = NAME, answer: z.ZodType = z.unknown()) =>
  lambdaFunction<unknown, unknown>(client, name, answer).call(request);
const echo = (value: unknown) => ({ do: 'echo', value });

beforeAll(async () => {
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
  const invoke = (event: unknown) => host.invoke(event);
  const known = new Map([[NAME, { arn: arnOf(NAME), invoke }]]);
  server = await startLambda({ access, functionNamed: (name) => known.get(name) });
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await server.close();
  await host.close();
});

describe('a call', () => {
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
    await expect(call(echo(1))).rejects.toMatchObject({ kind: 'throttled', code: 'function_throttled' });
    clock.advance(20_000);
    await hanging;
  });

  it('is refused an answer of another shape', async () => {
    await expect(call(echo('text'), clientOf('Caller'), NAME, z.number())).rejects.toMatchObject({
      kind: 'internal',
      code: 'function_answer',
    });
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    const waiting = lambdaFunction(clientOf('Caller'), NAME, z.unknown()).call(
      { do: 'wait', value: 300 },
      giveUp.signal,
    );
    giveUp.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'function_unavailable' });
  });
});

describe('whoever may not call', () => {
  it('is refused by the policy of the role', async () => {
    await expect(call(echo(1), clientOf('Stranger'))).rejects.toMatchObject({
      kind: 'internal',
      cause: expect.objectContaining({
        message: expect.stringContaining('not authorized to perform: lambda:InvokeFunction') as string,
      }) as Error,
    });
  });

  it('does not learn which functions there are', async () => {
    const because = (name: string) => ({ cause: expect.objectContaining({ name }) as Error });
    await expect(call(echo(1), clientOf('Caller'), 'Gloss-Other')).rejects.toMatchObject(
      because('AccessDeniedException'),
    );
    await expect(call(echo(1), clientOf('Operator'), 'Gloss-Other')).rejects.toMatchObject(
      because('ResourceNotFoundException'),
    );
  });

  it('is refused with a wrong secret', async () => {
    await expect(
      clientOf('Caller', 'guessed').send(new InvokeCommand({ FunctionName: NAME, Payload: '{}' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('cannot leave an event there without waiting for the answer', async () => {
    await expect(
      clientOf('Caller').send(new InvokeCommand({ FunctionName: NAME, InvocationType: 'Event' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

it('the server is down: that is said, too', async () => {
  const client = new LambdaClient({
    endpoint: 'http://127.0.0.1:9',
    region: 'us-east-1',
    credentials: keyPair('Caller'),
    maxAttempts: 1,
  });
  await expect(call(echo(1), client)).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'function_unavailable',
  });
  client.destroy();
});
