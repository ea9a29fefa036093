import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  FunctionFailed,
  Overloaded,
  hostFunction,
  type FunctionHost,
  type HostedFunction,
} from '../../../../infra/local/function-host.ts';
import { eventually } from '../../../support/eventually.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { stillRunning } from '../../../support/processes.ts';

/** Of every host: nothing runs out of time because a machine is slow. */
const clock = new ManualClock();
const FUNCTIONS = join(import.meta.dirname, '../../../fixtures/functions');

const hosts: FunctionHost[] = [];
let logged = '';

function host(changes: Partial<HostedFunction> = {}): FunctionHost {
  logged = '';
  const started = hostFunction({
    name: 'Gloss-Obedient',
    entryPath: join(FUNCTIONS, 'obedient.ts'),
    exportName: 'handler',
    environment: {
      GREETING: 'hello',
      AWS_LAMBDA_FUNCTION_NAME: 'Gloss-Obedient',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    },
    timeoutMs: 20_000,
    memoryMb: 128,
    maxConcurrency: 1,
    maxWaiting: 10,
    log: (text) => (logged += text.toString()),
    clock,
    ...changes,
  });
  hosts.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((started) => started.close()));
});

test('returns what the handler returns, as JSON would', async () => {
  const { invoke } = host();
  expect(await invoke({ do: 'echo', value: { deep: ['ü', 1, null] } })).toEqual({ deep: ['ü', 1, null] });
  expect(await invoke({ do: 'echo' })).toBeNull();
});

test('shows the function its own environment and nothing of the machine', async () => {
  const environment = (await host().invoke({ do: 'environment' })) as Record<string, string>;
  const { NODE_CHANNEL_FD: _fd, NODE_CHANNEL_SERIALIZATION_MODE: _mode, ...own } = environment;
  expect(own).toEqual({
    GREETING: 'hello',
    AWS_LAMBDA_FUNCTION_NAME: 'Gloss-Obedient',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  });
});

test('gives the handler a context', async () => {
  const { invoke } = host({ timeoutMs: 5_000 });
  const [first, second] = [await invoke({ do: 'context' }), await invoke({ do: 'context' })] as Record<
    string,
    unknown
  >[];
  expect(first).toMatchObject({
    functionName: 'Gloss-Obedient',
    memoryLimitInMB: '128',
    functionVersion: '$LATEST',
  });
  expect(first!['awsRequestId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(second!['awsRequestId']).not.toBe(first!['awsRequestId']);
  expect(first!['remainingMs']).toBeGreaterThan(0);
  expect(first!['remainingMs']).toBeLessThanOrEqual(5_000);
});

describe('one invocation fails and the next succeeds', () => {
  test.each([
    ['a throw', { do: 'throw' }, 'Gloss-Obedient: TypeError: told to throw'],
    ['a crash', { do: 'crash' }, 'Gloss-Obedient: the process ended with exit code 3'],
    ['a response above 6 MB', { do: 'respond', value: 6 * 1024 * 1024 }, /the response has 6291458 bytes/],
  ])('after %s', async (_, order, message) => {
    const { invoke } = host();
    const failure = await invoke(order).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FunctionFailed);
    expect((failure as Error).message).toMatch(message);
    expect(await invoke({ do: 'echo', value: 1 })).toBe(1);
  });

  test('after a timeout, which ends even a busy loop', async () => {
    const { invoke } = host({ timeoutMs: 1_500 });
    const before = await invoke({ do: 'process' });
    const hanging = expect(invoke({ do: 'hang' })).rejects.toThrow('timed out after 1.5 s of running');
    await eventually(() => expect(logged).toContain('about to hang'));
    clock.advance(1_500);
    await hanging;
    const after = await invoke({ do: 'process' });
    expect(after).not.toBe(before);
    await eventually(() => expect(stillRunning([before as number])).toEqual([]));
  });
});

test('a function that does not load says why, every time', async () => {
  const { invoke } = host({ entryPath: join(FUNCTIONS, 'broken.ts') });
  await expect(invoke({})).rejects.toThrow('does not load: Error: cannot be loaded');
  await expect(invoke({})).rejects.toThrow('does not load: Error: cannot be loaded');
});

test('an export that is missing is named', async () => {
  await expect(host({ exportName: 'nobody' }).invoke({})).rejects.toThrow(/exports no function "nobody"/);
});

test('keeps a process for the next event and has no more than its limit', async () => {
  const { invoke } = host({ maxConcurrency: 2 });
  const pids = await Promise.all(Array.from({ length: 6 }, () => invoke({ do: 'wait', value: 50 })));
  expect(new Set(pids).size).toBe(2);
});

test('refuses what would wait too long', async () => {
  const { invoke } = host({ maxWaiting: 1 });
  const results = await Promise.allSettled([1, 2, 3].map((value) => invoke({ do: 'echo', value })));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect((results[2] as PromiseRejectedResult).reason).toBeInstanceOf(Overloaded);
});

test('logs what the function prints', async () => {
  await host()
    .invoke({ do: 'throw' })
    .catch(() => undefined);
  expect(logged).toContain('about to throw');
  expect(logged).toContain('TypeError: told to throw');
});

test('leaves no process behind', async () => {
  const started = host();
  const pid = (await started.invoke({ do: 'process' })) as number;
  await started.close();
  expect(stillRunning([pid])).toEqual([]);
});
