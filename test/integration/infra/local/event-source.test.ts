import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEventSource, type EventSource } from '../../../../infra/local/event-source.ts';
import { hostFunction, type FunctionHost } from '../../../../infra/local/function-host.ts';
import { startSqs } from '../../../../infra/local/servers/sqs-server.ts';
import type { Mapping } from '../../../../infra/local/topology.ts';
import { eventually } from '../../../support/eventually.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000';
const dir = mkdtempSync(join(tmpdir(), 'gloss-event-source-'));
const recordFile = join(dir, 'deliveries');
const VISIBILITY_SEC = 30;
const TIMEOUT_MS = 1_000;
const GRACE_MS = 1_000;
/** Shorter than messages stay hidden. */
const WINDOW_MS = 25_000;
/** Between looks of an event source for more. */
const LOOK_MS = 100;
/** Of the queues, of the event source and of the function: nothing happens because a machine is slow. */
const clock = new ManualClock();

let server: Awaited<ReturnType<typeof startSqs>>;
let sqs: SQSClient;
let worker: FunctionHost;
let source: EventSource | undefined;
let logged: string[];
let invocations: number;
let queueUrl: string;
let deadLettersUrl: string;
let count = 0;

beforeAll(async () => {
  server = await startSqs({ dataDir: join(dir, 'sqs'), clock });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  sqs = new SQSClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  worker = hostFunction({
    name: 'Obedient',
    entryPath: join(import.meta.dirname, '../../../fixtures/functions/obedient.ts'),
    exportName: 'handler',
    environment: { RECORD_FILE: recordFile },
    timeoutMs: TIMEOUT_MS,
    memoryMb: 128,
    maxConcurrency: 2,
    maxWaiting: 0,
    log: () => undefined,
    clock,
  });
});

beforeEach(async () => {
  writeFileSync(recordFile, '');
  logged = [];
  invocations = 0;
  count++;
  deadLettersUrl = await createQueue(`dead-${count}`);
  queueUrl = await createQueue(`work-${count}`, {
    VisibilityTimeout: String(VISIBILITY_SEC),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}:dead-${count}`, maxReceiveCount: 2 }),
  });
});

afterEach(async () => {
  await source?.close();
});

afterAll(async () => {
  await worker.close();
  sqs.destroy();
  await server.close();
  rmSync(dir, { recursive: true });
});

async function createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl!;
}

async function send(...bodies: string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}

function start(changes: Partial<Mapping> = {}, invoke: FunctionHost['invoke'] = worker.invoke): void {
  const mapping: Mapping = {
    queueUrl,
    queueArn: `${ARN}:work-${count}`,
    functionId: 'Obedient',
    batchSize: 10,
    windowMs: 0,
    reportsFailures: true,
    maxConcurrency: 2,
    ...changes,
  };
  source = startEventSource({
    sqs,
    mapping,
    region: 'us-east-1',
    maxConcurrency: 2,
    invoke: (event) => invoke(event).finally(() => (invocations += 1)),
    log: (line) => logged.push(line),
    graceMs: GRACE_MS,
    clock,
  });
}

/** Lines `<body> <receive count>`, as the function saw them. */
const deliveries = () => readFileSync(recordFile, 'utf8').split('\n').filter(Boolean).sort();

async function attributesOf(url: string): Promise<Record<string, string>> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  return Attributes!;
}

async function left(url: string): Promise<number> {
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = await attributesOf(url);
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
}

/** Waits until so many invocations have ended and so many messages are left, and lets those become visible again. */
async function comeBack(messages: number, afterInvocations: number): Promise<void> {
  await eventually(async () => {
    expect(invocations).toBe(afterInvocations);
    expect(await left(queueUrl)).toBe(messages);
  });
  clock.advance(VISIBILITY_SEC * 1_000);
}

async function expectDead(...bodies: string[]): Promise<void> {
  await comeBack(bodies.length, 1);
  await comeBack(bodies.length, 2);
  await eventually(async () => expect(await left(deadLettersUrl)).toBe(bodies.length));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: deadLettersUrl, MaxNumberOfMessages: 10 }),
  );
  expect(Messages.map(({ Body }) => Body).sort()).toEqual(bodies);
}

test('only what failed comes back, and at last goes to the dead letters', async () => {
  await send('fine', 'fail', 'good');
  start();
  await expectDead('fail');
  expect(deliveries()).toEqual(['fail 1', 'fail 2', 'fine 1', 'good 1']);
  expect(await left(queueUrl)).toBe(0);
});

test('all of a batch comes back after a throw', async () => {
  await send('throw', 'fine');
  start();
  await expectDead('fine', 'throw');
  expect(deliveries()).toEqual(['fine 1', 'fine 2', 'throw 1', 'throw 2']);
  expect(logged[0]).toContain('told to throw');
});

test('all of a batch comes back after a timeout', async () => {
  await send('hang');
  start();
  for (const delivered of [['hang 1'], ['hang 1', 'hang 2']]) {
    await eventually(() => expect(deliveries()).toEqual(delivered));
    clock.advance(TIMEOUT_MS);
    await comeBack(1, delivered.length);
  }
  await eventually(async () => expect(await left(deadLettersUrl)).toBe(1));
  expect(deliveries()).toEqual(['hang 1', 'hang 2']);
  expect(logged[0]).toContain('timed out');
});

test('all of a batch comes back after an answer that names no message', async () => {
  await send('nonsense', 'fine');
  start();
  await expectDead('fine', 'nonsense');
});

test('reported failures do not count where the mapping does not ask for them', async () => {
  await send('fail');
  start({ reportsFailures: false });
  await eventually(async () => {
    expect(deliveries()).toEqual(['fail 1']);
    expect(await left(queueUrl)).toBe(0);
  });
});

test('a batch gathers as long as the window is open, beyond the ten that SQS hands out at once', async () => {
  const bodies = Array.from({ length: 10 }, (_, i) => `m${i}`);
  await send(...bodies);
  const sizes: number[] = [];
  start({ batchSize: 25, windowMs: WINDOW_MS }, (event) => {
    sizes.push((event as { Records: unknown[] }).Records.length);
    return Promise.resolve(null);
  });
  await send(...bodies);
  await send('a', 'b');
  // The source waits on the clock between looks for more; it moves only while the source waits.
  const betweenLooks = () => eventually(() => expect(clock.waitsMs()).toContain(LOOK_MS));
  await betweenLooks();
  clock.advance(LOOK_MS);
  await eventually(async () =>
    expect((await attributesOf(queueUrl))['ApproximateNumberOfMessages']).toBe('0'),
  );
  await betweenLooks();
  expect(sizes).toEqual([]);
  clock.advance(WINDOW_MS);
  await eventually(() => expect(sizes).toEqual([22]));
  await eventually(async () => expect(await left(queueUrl)).toBe(0));
});

test('a full batch does not wait for the end of the window', async () => {
  await send('a', 'b', 'c');
  const started = Promise.withResolvers<number>();
  start({ batchSize: 3, windowMs: 3_600_000 }, (event) => {
    started.resolve((event as { Records: unknown[] }).Records.length);
    return Promise.resolve(null);
  });
  expect(await started.promise).toBe(3);
});

test('no more batches run at a time than the mapping allows', async () => {
  await send('a', 'b', 'c', 'd', 'e', 'f');
  const both = Promise.withResolvers<undefined>();
  let running = 0;
  let most = 0;
  let done = 0;
  start({ batchSize: 1 }, async () => {
    most = Math.max(most, ++running);
    if (running === 2) both.resolve(undefined);
    await both.promise;
    await setImmediate(); // a third one would come in now
    running--;
    done++;
    return null;
  });
  await eventually(() => expect(done).toBe(6));
  expect(most).toBe(2);
});

test('records have the shape that Lambda gives them', async () => {
  await send('{"tenant":"demo"}');
  const event = Promise.withResolvers<unknown>();
  start({}, (received) => {
    event.resolve(received);
    return Promise.resolve(null);
  });
  expect(await event.promise).toEqual({
    Records: [
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        receiptHandle: expect.any(String) as string,
        body: '{"tenant":"demo"}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
          SenderId: expect.any(String) as string,
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
        },
        messageAttributes: {},
        md5OfBody: '2660219a33f6b0ac7440315ec930a5b2',
        eventSource: 'aws:sqs',
        eventSourceARN: `${ARN}:work-${count}`,
        awsRegion: 'us-east-1',
      },
    ],
  });
});

test('closing lets the invocation under way finish and takes no more', async () => {
  await send('a', 'b');
  const entered = Promise.withResolvers<undefined>();
  const mayFinish = Promise.withResolvers<undefined>();
  let finished = 0;
  start({ batchSize: 1, maxConcurrency: 1 }, async () => {
    entered.resolve(undefined);
    await mayFinish.promise;
    finished++;
    return null;
  });
  await entered.promise;
  const closing = source!.close();
  await setImmediate(); // it waits now
  mayFinish.resolve(undefined);
  await closing;
  expect(finished).toBe(1);
  expect(await left(queueUrl)).toBe(1);
});

test('closing does not wait for an invocation without end', async () => {
  await send('a', 'b');
  const entered = Promise.withResolvers<undefined>();
  start({ batchSize: 1, maxConcurrency: 1 }, () => {
    entered.resolve(undefined);
    return new Promise(() => undefined);
  });
  await entered.promise;
  const closing = source!.close();
  const closed = closing.then(() => 'closed');
  expect(
    await eventually(() => {
      clock.advance(GRACE_MS);
      return Promise.race([closed, Promise.reject(new Error('not yet'))]);
    }),
  ).toBe('closed');
  source = undefined;
  expect(await left(queueUrl)).toBe(2);
});
