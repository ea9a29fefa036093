import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { Access } from '../iam/access.ts';
import { ACCOUNT_ID, REGION } from '../physical-names.ts';
import { SYSTEM_CLOCK, type WaitingClock } from '../waiting-clock.ts';
import { isFromProgram } from './local-callers.ts';
import { NotSigned, readWhole, verifyCaller } from './signed-request.ts';
import { nameIn, SqsStore, type Delivery } from './sqs-store.ts';
import { listen } from './listen.ts';

const ACCOUNT = ACCOUNT_ID;
/** Bytes of one message and of one batch: Amazon SQS Developer Guide, "Message quotas". */
const MAX_MESSAGE_BYTES = 1_048_576;

const integer = (most: number) => z.coerce.number().int().min(0).max(most);
const Attributes = z.strictObject({
  VisibilityTimeout: integer(43_200).default(30),
  DelaySeconds: integer(900).default(0),
  MessageRetentionPeriod: integer(1_209_600).default(345_600),
  RedrivePolicy: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(
      z.object({
        deadLetterTargetArn: z.string(),
        maxReceiveCount: z.coerce.number().int().min(1).max(1000),
      }),
    )
    .optional(),
});

const QueueUrl = z.string();
const Message = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: integer(900).optional(),
  MessageGroupId: z.string().min(1).max(128).optional(),
});
const batchOf = <Shape extends z.ZodRawShape>(entry: Shape) =>
  z.object({
    QueueUrl,
    Entries: z
      .array(z.strictObject({ Id: z.string(), ...entry }))
      .min(1)
      .max(10),
  });

/** Requests that the service and its tools send; every other action and parameter is refused by name. */
const REQUESTS = {
  CreateQueue: z.strictObject({
    QueueName: z.string().regex(/^[\w-]{1,80}$/),
    Attributes: Attributes.prefault({}),
  }),
  SetQueueAttributes: z.strictObject({ QueueUrl, Attributes: z.record(z.string(), z.string()) }),
  ListQueues: z.strictObject({ QueueNamePrefix: z.string().default('') }),
  StartMessageMoveTask: z.strictObject({ SourceArn: z.string(), DestinationArn: z.string().optional() }),
  ListMessageMoveTasks: z.strictObject({ SourceArn: z.string(), MaxResults: integer(10).default(1) }),
  GetQueueUrl: z.strictObject({ QueueName: z.string() }),
  GetQueueAttributes: z.object({ QueueUrl }),
  SendMessage: z.strictObject({ QueueUrl, ...Message.shape }),
  SendMessageBatch: batchOf(Message.shape),
  ReceiveMessage: z.object({
    QueueUrl,
    MaxNumberOfMessages: integer(10).default(1),
    VisibilityTimeout: integer(43_200).optional(),
    WaitTimeSeconds: integer(20).default(0),
  }),
  DeleteMessage: z.strictObject({ QueueUrl, ReceiptHandle: z.string() }),
  DeleteMessageBatch: batchOf({ ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.strictObject({
    QueueUrl,
    ReceiptHandle: z.string(),
    VisibilityTimeout: integer(43_200),
  }),
} as const;

/** A move of dead letters, which is done at once here. */
interface Move {
  readonly TaskHandle: string;
  readonly Status: string;
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly StartedTimestamp: number;
}
/** ListMessageMoveTasks shows ten. */
const MAX_MOVES = 10;

type Action = keyof typeof REQUESTS;
type RequestOf<A extends Action> = z.infer<(typeof REQUESTS)[A]>;

/** An error in the shape of SQS's JSON protocol. */
class SqsError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/**
 * Starts the embedded SQS on 127.0.0.1: standard queues with visibility, delays, long polls and dead letters, over
 * the AWS JSON protocol. With a data folder, messages survive a killed process; those that were in flight become
 * visible again at start, since their receivers died with it.
 */
export async function startSqs({
  dataDir,
  port = 0,
  region = 'us-east-1',
  access,
  clock = SYSTEM_CLOCK,
}: {
  readonly dataDir?: string;
  readonly port?: number;
  readonly region?: string;
  /** Absent: signatures are not looked at, and everybody may do everything. */
  readonly access?: Access;
  readonly clock?: WaitingClock;
}) {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const store = new SqsStore(dataDir === undefined ? ':memory:' : join(dataDir, 'queues.sqlite'));
  store.releaseAll(clock.nowMs());
  const arrivals = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();

  const server = createServer((request, response) => {
    void answer(request, response, access && demandIn(access), (action, input) => {
      const gone = AbortSignal.any([closing.signal, signalOf(response)]);
      return handlers[action](input as never, gone);
    });
  });
  const endpoint = await listen(server, port);

  const nameOf = (url: string): string => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    if (!store.queue(name)) throw new SqsError('QueueDoesNotExist', `there is no queue ${name}`);
    return name;
  };
  const urlOf = (name: string): string => `${endpoint}/${ACCOUNT}/${name}`;

  const withName = (arn: string): string => nameOf(`${ACCOUNT}/${nameIn(arn)}`);
  /** Of each queue of dead letters, the latest first. */
  const moves = new Map<string, readonly Move[]>();

  const send = (queue: string, { MessageBody, DelaySeconds, MessageGroupId }: z.infer<typeof Message>) => {
    const delaySec = DelaySeconds ?? store.queue(queue)!.DelaySeconds;
    if (Buffer.byteLength(MessageBody) > MAX_MESSAGE_BYTES) {
      throw new SqsError('InvalidParameterValue', `a message has at most ${MAX_MESSAGE_BYTES} bytes`);
    }
    const { messageId, md5 } = store.send(
      queue,
      { body: MessageBody, group: MessageGroupId, delaySec },
      clock.nowMs(),
    );
    arrivals.emit(queue);
    return { MessageId: messageId, MD5OfMessageBody: md5 };
  };

  const handlers: { [A in Action]: (input: RequestOf<A>, gone: AbortSignal) => unknown } = {
    CreateQueue({ QueueName, Attributes: attributes }) {
      const { RedrivePolicy, ...rest } = attributes;
      store.putQueue(QueueName, { ...rest, ...(RedrivePolicy && { RedrivePolicy }) });
      return { QueueUrl: urlOf(QueueName) };
    },
    SetQueueAttributes({ QueueUrl: url, Attributes: changed }) {
      const name = nameOf(url);
      const { RedrivePolicy, ...rest } = store.queue(name)!;
      const before = { ...rest, ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }) };
      const after = Attributes.safeParse({ ...before, ...changed });
      if (!after.success) throw new SqsError('InvalidAttributeName', z.prettifyError(after.error));
      const { RedrivePolicy: policy, ...others } = after.data;
      store.putQueue(name, { ...others, ...(policy && { RedrivePolicy: policy }) });
      return {};
    },
    ListQueues: ({ QueueNamePrefix }) => ({
      QueueUrls: store
        .queues()
        .filter((name) => name.startsWith(QueueNamePrefix))
        .map(urlOf),
    }),
    StartMessageMoveTask({ SourceArn, DestinationArn }) {
      const from = withName(SourceArn);
      if (store.sourcesOf(from).length === 0)
        throw new SqsError('UnsupportedOperation', 'Source queue must be configured as a Dead Letter Queue.');
      const to = DestinationArn === undefined ? undefined : withName(DestinationArn);
      const nowMs = clock.nowMs();
      const moved = store.redrive(from, to, nowMs);
      for (const queue of to === undefined ? store.sourcesOf(from) : [to]) arrivals.emit(queue);
      const move = {
        TaskHandle: randomUUID(),
        Status: 'COMPLETED',
        SourceArn,
        ...(DestinationArn !== undefined && { DestinationArn }),
        ApproximateNumberOfMessagesMoved: moved,
        ApproximateNumberOfMessagesToMove: moved,
        StartedTimestamp: nowMs,
      };
      moves.set(from, [move, ...(moves.get(from) ?? [])].slice(0, MAX_MOVES));
      return { TaskHandle: move.TaskHandle };
    },
    ListMessageMoveTasks({ SourceArn, MaxResults }) {
      const done = moves.get(withName(SourceArn)) ?? [];
      return { Results: done.slice(0, MaxResults).map(({ TaskHandle: _, ...move }) => move) };
    },
    GetQueueUrl: ({ QueueName }) => ({ QueueUrl: urlOf(nameOf(QueueName)) }),
    GetQueueAttributes({ QueueUrl: url }) {
      const name = nameOf(url);
      const { RedrivePolicy, ...rest } = store.queue(name)!;
      const { visible, inFlight, delayed } = store.counts(name, clock.nowMs());
      return {
        Attributes: {
          ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)])),
          ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
          QueueArn: `arn:aws:sqs:${region}:${ACCOUNT}:${name}`,
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          ApproximateNumberOfMessagesDelayed: String(delayed),
        },
      };
    },
    SendMessage: ({ QueueUrl: url, ...message }) => send(nameOf(url), message),
    SendMessageBatch({ QueueUrl: url, Entries }) {
      const queue = nameOf(url);
      return {
        Successful: Entries.map(({ Id, ...message }) => ({ Id, ...send(queue, message) })),
        Failed: [],
      };
    },
    async ReceiveMessage({ QueueUrl: url, MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds }, gone) {
      const queue = nameOf(url);
      const visibilitySec = VisibilityTimeout ?? store.queue(queue)!.VisibilityTimeout;
      const endMs = clock.nowMs() + WaitTimeSeconds * 1000;
      store.dropExpired(queue, clock.nowMs());
      for (;;) {
        // Nobody would delete what is handed to a receiver that has hung up.
        if (gone.aborted) return {};
        const nowMs = clock.nowMs();
        const deliveries = store.receive(queue, MaxNumberOfMessages, visibilitySec, nowMs);
        if (deliveries.length > 0) return { Messages: deliveries.map(messageOf) };
        // As SQS: of no messages it says nothing.
        if (nowMs >= endMs) return {};
        const nextMs = Math.min(endMs, store.nextVisibleMs(queue, nowMs) ?? endMs);
        const woken = new AbortController();
        const either = AbortSignal.any([gone, woken.signal]);
        const arrival = once(arrivals, queue, { signal: either }).catch(() => undefined);
        await Promise.race([arrival, clock.wait(Math.max(1, nextMs - nowMs), either)]);
        woken.abort();
      }
    },
    DeleteMessage({ QueueUrl: url, ReceiptHandle }) {
      store.remove(nameOf(url), ReceiptHandle);
      return {};
    },
    DeleteMessageBatch({ QueueUrl: url, Entries }) {
      const queue = nameOf(url);
      for (const { ReceiptHandle } of Entries) store.remove(queue, ReceiptHandle);
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    ChangeMessageVisibility({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }) {
      const queue = nameOf(url);
      if (!store.changeVisibility(queue, ReceiptHandle, VisibilityTimeout, clock.nowMs())) {
        throw new SqsError('MessageNotInflight', 'no message in flight has this receipt handle');
      }
      arrivals.emit(queue);
      return {};
    },
  };

  return {
    endpoint,
    async close(): Promise<void> {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      store.close();
    },
  };
}

type Demand = (request: IncomingMessage, body: Buffer, action: Action) => void;

/** Makes sure that the signer of a request may do what it asks for; a batch takes the right to its single action. */
function demandIn(access: Access): Demand {
  return (request, body, action) => {
    const caller = verifyCaller(request, body, 'sqs', access);
    const { QueueUrl: url = '', SourceArn = '' } = JSON.parse(body.toString()) as {
      readonly QueueUrl?: string;
      readonly SourceArn?: string;
    };
    const queue = nameIn(SourceArn) || url.slice(url.lastIndexOf('/') + 1);
    const refused = access.refusal(caller, {
      action: `sqs:${action.replace(/Batch$/, '')}`,
      resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}`,
    });
    if (refused !== undefined) throw new SqsError('AccessDeniedException', refused);
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  demand: Demand | undefined,
  handle: (action: Action, input: unknown) => unknown,
): Promise<void> {
  const reply = (status: number, body: unknown) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
    response.writeHead(status, headers).end(JSON.stringify(body));
  };
  if (!isFromProgram(request.headers)) {
    response.writeHead(403).end();
    return;
  }
  try {
    const body = await readWhole(request);
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    if (!Object.hasOwn(REQUESTS, action))
      throw new SqsError('UnsupportedOperation', `${action} is not supported`);
    const input = REQUESTS[action as Action].safeParse(JSON.parse(body.toString()));
    if (!input.success) throw new SqsError('InvalidParameterValue', z.prettifyError(input.error));
    demand?.(request, body, action as Action);
    reply(200, await handle(action as Action, input.data));
  } catch (error) {
    if (error instanceof SqsError)
      reply(400, { __type: `com.amazonaws.sqs#${error.type}`, message: error.message });
    else if (error instanceof NotSigned)
      reply(403, { __type: 'com.amazonaws.sqs#InvalidClientTokenId', message: error.message });
    else if (error instanceof SyntaxError)
      reply(400, { __type: 'com.amazonaws.sqs#InvalidParameterValue', message: error.message });
    else reply(500, { __type: 'com.amazonaws.sqs#InternalFailure', message: String(error) });
  }
}

function signalOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

const messageOf = (delivery: Delivery) => ({
  MessageId: delivery.messageId,
  ReceiptHandle: delivery.receiptHandle,
  Body: delivery.body,
  MD5OfBody: delivery.md5,
  Attributes: {
    SenderId: ACCOUNT,
    SentTimestamp: String(delivery.sentMs),
    ApproximateReceiveCount: String(delivery.receives),
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedMs),
    ...(delivery.group !== undefined && { MessageGroupId: delivery.group }),
  },
});
