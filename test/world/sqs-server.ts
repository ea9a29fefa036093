import { createHash, randomUUID } from 'node:crypto';
import {
  MessageNotInflight,
  QueueDoesNotExist,
  SQSServiceException,
  type ChangeMessageVisibilityCommandInput,
  type CreateQueueCommandInput,
  type DeleteMessageBatchCommandInput,
  type DeleteMessageCommandInput,
  type GetQueueAttributesCommandInput,
  type GetQueueUrlCommandInput,
  type ReceiveMessageCommandInput,
  type SendMessageBatchCommandInput,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { ACCOUNT_ID, REGION } from '../../infra/local/physical-names.ts';
import type { Part } from './dynamodb/server.ts';

/** Bytes of one message: Amazon SQS Developer Guide, "Message quotas". */
const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_BATCH = 10;

export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentMs: number;
  readonly visibleMs: number;
  readonly receives: number;
  readonly firstReceivedMs: number | undefined;
  readonly receiptHandle: string | undefined;
}

interface Queue {
  readonly attributes: {
    readonly VisibilityTimeout: number;
    readonly DelaySeconds: number;
    readonly MessageRetentionPeriod: number;
    readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
  };
  /** The oldest first. A message is replaced, not changed, so copies of queues share them. */
  messages: readonly Message[];
}

/** SQS in memory: it answers the inputs of the SDK's commands. A long poll answers at once. */
export class SqsServer {
  readonly #queues: Map<string, Queue>;
  readonly #nowMs: () => number;
  readonly #endpoint: string;

  constructor(nowMs: () => number, endpoint: string, queues = new Map<string, Queue>()) {
    this.#nowMs = nowMs;
    this.#endpoint = endpoint;
    this.#queues = queues;
  }

  copy(nowMs: () => number): SqsServer {
    const queues = new Map([...this.#queues].map(([name, queue]) => [name, { ...queue }]));
    return new SqsServer(nowMs, this.#endpoint, queues);
  }

  CreateQueue({ QueueName = '', Attributes = {} }: CreateQueueCommandInput) {
    const number = (name: keyof typeof Attributes, otherwise: number) =>
      Number(Attributes[name] ?? otherwise);
    const { RedrivePolicy } = Attributes;
    const attributes: Queue['attributes'] = {
      VisibilityTimeout: number('VisibilityTimeout', 30),
      DelaySeconds: number('DelaySeconds', 0),
      MessageRetentionPeriod: number('MessageRetentionPeriod', 345_600),
      ...(RedrivePolicy !== undefined && {
        RedrivePolicy: JSON.parse(RedrivePolicy) as NonNullable<Queue['attributes']['RedrivePolicy']>,
      }),
    };
    this.#queues.set(QueueName, { attributes, messages: this.#queues.get(QueueName)?.messages ?? [] });
    return { QueueUrl: this.urlOf(QueueName) };
  }

  urlOf = (name: string): string => `${this.#endpoint}/${ACCOUNT_ID}/${name}`;

  GetQueueUrl({ QueueName = '' }: GetQueueUrlCommandInput) {
    this.#queue(QueueName);
    return { QueueUrl: this.urlOf(QueueName) };
  }

  GetQueueAttributes({ QueueUrl }: GetQueueAttributesCommandInput) {
    const { attributes, messages } = this.#queue(QueueUrl);
    const nowMs = this.#nowMs();
    const hidden = messages.filter(({ visibleMs }) => visibleMs > nowMs);
    const inFlight = hidden.filter(({ receiptHandle }) => receiptHandle !== undefined).length;
    const { RedrivePolicy, ...numbers } = attributes;
    return {
      Attributes: {
        ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])),
        ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
        QueueArn: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${nameIn(QueueUrl)}`,
        ApproximateNumberOfMessages: String(messages.length - hidden.length),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight),
      },
    };
  }

  SendMessage({ QueueUrl, ...message }: SendMessageCommandInput) {
    return this.#send(this.#queue(QueueUrl), message);
  }

  /** @param part how much of the batch SQS takes; the others are named as failed */
  SendMessageBatch({ QueueUrl, Entries = [] }: SendMessageBatchCommandInput, part: Part = 'whole') {
    const queue = this.#queue(QueueUrl);
    const { Successful, Failed } = inPart(Entries, part);
    return {
      Successful: Successful.map(({ Id, ...message }) => ({ Id, ...this.#send(queue, message) })),
      Failed: Failed.map(failedEntry),
    };
  }

  #send(
    queue: Queue,
    {
      MessageBody = '',
      DelaySeconds,
      MessageGroupId,
    }: Pick<SendMessageCommandInput, 'MessageBody' | 'DelaySeconds' | 'MessageGroupId'>,
  ) {
    if (MessageBody === '') throw refused('InvalidParameterValue', 'a message has a body');
    if (Buffer.byteLength(MessageBody) > MAX_MESSAGE_BYTES)
      throw refused('InvalidParameterValue', `a message has at most ${MAX_MESSAGE_BYTES} bytes`);
    const nowMs = this.#nowMs();
    const message: Message = {
      messageId: randomUUID(),
      body: MessageBody,
      group: MessageGroupId,
      sentMs: nowMs,
      visibleMs: nowMs + (DelaySeconds ?? queue.attributes.DelaySeconds) * 1000,
      receives: 0,
      firstReceivedMs: undefined,
      receiptHandle: undefined,
    };
    queue.messages = [...queue.messages, message];
    return { MessageId: message.messageId, MD5OfMessageBody: md5(MessageBody) };
  }

  ReceiveMessage({ QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout }: ReceiveMessageCommandInput) {
    const queue = this.#queue(QueueUrl);
    const nowMs = this.#nowMs();
    const keptMs = queue.attributes.MessageRetentionPeriod * 1000;
    queue.messages = queue.messages.filter(({ sentMs }) => sentMs >= nowMs - keptMs);
    const hiddenUntilMs = nowMs + (VisibilityTimeout ?? queue.attributes.VisibilityTimeout) * 1000;
    const delivered: Message[] = [];
    for (const message of this.#visible(queue, nowMs)) {
      if (delivered.length === MaxNumberOfMessages) break;
      const policy = queue.attributes.RedrivePolicy;
      if (policy && message.receives >= policy.maxReceiveCount) {
        queue.messages = queue.messages.filter((one) => one !== message);
        const dead = this.#queue(policy.deadLetterTargetArn.replaceAll(':', '/'));
        const buried = { ...message, receives: 0, firstReceivedMs: undefined, receiptHandle: undefined };
        dead.messages = [...dead.messages, buried];
        continue;
      }
      const next: Message = {
        ...message,
        visibleMs: hiddenUntilMs,
        receives: message.receives + 1,
        firstReceivedMs: message.firstReceivedMs ?? nowMs,
        receiptHandle: randomUUID(),
      };
      queue.messages = queue.messages.map((one) => (one === message ? next : one));
      delivered.push(next);
    }
    return { Messages: delivered.map(shown) };
  }

  /** Those of the group with fewest in flight come first, as in fair queues; of them the oldest. */
  #visible({ messages }: Queue, nowMs: number): Message[] {
    const inFlight = new Map<string, number>();
    for (const { group, visibleMs, receiptHandle } of messages)
      if (group !== undefined && visibleMs > nowMs && receiptHandle !== undefined)
        inFlight.set(group, (inFlight.get(group) ?? 0) + 1);
    const busy = ({ group }: Message) => (group === undefined ? 0 : (inFlight.get(group) ?? 0));
    return messages.filter(({ visibleMs }) => visibleMs <= nowMs).sort((a, b) => busy(a) - busy(b));
  }

  DeleteMessage({ QueueUrl, ReceiptHandle }: DeleteMessageCommandInput) {
    const queue = this.#queue(QueueUrl);
    queue.messages = queue.messages.filter(({ receiptHandle }) => receiptHandle !== ReceiptHandle);
    return {};
  }

  /** @param part how much of the batch SQS deletes; the others are named as failed */
  DeleteMessageBatch({ QueueUrl, Entries = [] }: DeleteMessageBatchCommandInput, part: Part = 'whole') {
    const { Successful, Failed } = inPart(Entries, part);
    for (const { ReceiptHandle } of Successful) this.DeleteMessage({ QueueUrl, ReceiptHandle });
    return { Successful: Successful.map(({ Id }) => ({ Id })), Failed: Failed.map(failedEntry) };
  }

  ChangeMessageVisibility({
    QueueUrl,
    ReceiptHandle,
    VisibilityTimeout = 0,
  }: ChangeMessageVisibilityCommandInput) {
    const queue = this.#queue(QueueUrl);
    const message = queue.messages.find(({ receiptHandle }) => receiptHandle === ReceiptHandle);
    if (!message)
      throw new MessageNotInflight({ message: 'no message in flight has this receipt handle', $metadata });
    const next = { ...message, visibleMs: this.#nowMs() + VisibilityTimeout * 1000 };
    queue.messages = queue.messages.map((one) => (one === message ? next : one));
    return {};
  }

  /** When the next hidden message becomes visible; undefined where none is hidden. */
  nextVisibleMs(name: string): number | undefined {
    const nowMs = this.#nowMs();
    const times = this.#queue(name)
      .messages.map(({ visibleMs }) => visibleMs)
      .filter((ms) => ms > nowMs);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** All messages of a queue, hidden ones too. */
  messages = (name: string): readonly Message[] => this.#queue(name).messages;

  bodies = (name: string): string[] => this.messages(name).map(({ body }) => body);

  #queue(urlOrName: string | undefined): Queue {
    const queue = this.#queues.get(nameIn(urlOrName));
    if (!queue) throw new QueueDoesNotExist({ message: `there is no queue ${nameIn(urlOrName)}`, $metadata });
    return queue;
  }
}

function inPart<Entry>(entries: readonly Entry[], part: Part) {
  if (entries.length === 0 || entries.length > MAX_BATCH)
    throw refused('TooManyEntriesInBatchRequest', `a batch has 1 to ${MAX_BATCH} entries`);
  const done = part === 'half' ? Math.floor(entries.length / 2) : entries.length;
  return { Successful: entries.slice(0, done), Failed: entries.slice(done) };
}

const failedEntry = ({ Id }: { readonly Id: string | undefined }) => ({
  Id,
  Code: 'InternalError',
  SenderFault: false,
});

const $metadata = { httpStatusCode: 400 };
const refused = (name: string, message: string) =>
  new SQSServiceException({ name, $fault: 'client', message, $metadata });
const nameIn = (url = ''): string => url.slice(url.lastIndexOf('/') + 1);
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const shown = (message: Message) => ({
  MessageId: message.messageId,
  ReceiptHandle: message.receiptHandle,
  Body: message.body,
  MD5OfBody: md5(message.body),
  Attributes: {
    SenderId: ACCOUNT_ID,
    SentTimestamp: String(message.sentMs),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs),
    ...(message.group !== undefined && { MessageGroupId: message.group }),
  },
});
