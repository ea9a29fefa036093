import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { failedMessageIds } from './batch-response.ts';
import type { Mapping } from './topology.ts';
import { SYSTEM_CLOCK, type WaitingClock } from './waiting-clock.ts';

/** SQS hands out, and deletes, at most so many messages a call. */
const SQS_BATCH = 10;
const LONG_POLL_SEC = 20;
/** Between looks for more messages while a batch gathers. */
const GATHER_POLL_MS = 100;
const PAUSE_AFTER_ERROR_MS = 1_000;
/** What is not done by then comes back at the next start. */
const GRACE_MS = 3_000;

interface EventSourceOptions {
  readonly sqs: SQSClient;
  readonly mapping: Mapping;
  readonly region: string;
  /** Invocations at a time; the function's own limit. */
  readonly maxConcurrency: number;
  readonly invoke: (event: { readonly Records: readonly SQSRecord[] }) => Promise<unknown>;
  readonly log: (line: string) => void;
  /** How long `close` waits for invocations under way. */
  readonly graceMs?: number;
  readonly clock?: WaitingClock;
}

export interface EventSource {
  /** Receives no more and waits a while for invocations under way. */
  close(): Promise<void>;
}

/**
 * Feeds a function from a queue as Lambda's event source mapping does: messages that it is done with are deleted, the
 * others (all of them after a throw, a timeout or an answer that cannot be read) become visible again when the
 * queue's visibility timeout ends, until the queue's redrive policy puts them aside.
 */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { sqs, mapping, log, clock = SYSTEM_CLOCK } = options;
  const stop = new AbortController();
  const stopped = () => stop.signal.aborted;
  const running = new Set<Promise<void>>();
  /** Ends the wait for a free place. */
  let wake = (): void => undefined;

  async function receive(max: number, waitSec: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: mapping.queueUrl,
      MaxNumberOfMessages: Math.min(max, SQS_BATCH),
      WaitTimeSeconds: waitSec,
      MessageSystemAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.send(command, { abortSignal: stop.signal });
    return Messages;
  }

  /** Waits for a first message, then for more of them as long as the window is open. */
  async function gather(): Promise<Message[]> {
    const batch = await receive(mapping.batchSize, LONG_POLL_SEC);
    const windowEndsMs = clock.nowMs() + mapping.windowMs;
    while (batch.length > 0 && batch.length < mapping.batchSize) {
      const more = await receive(mapping.batchSize - batch.length, 0);
      batch.push(...more);
      if (more.length > 0) continue;
      const leftMs = windowEndsMs - clock.nowMs();
      if (leftMs <= 0 || stopped()) break;
      await clock.wait(Math.min(leftMs, GATHER_POLL_MS), stop.signal);
    }
    return batch;
  }

  async function handle(batch: readonly Message[]): Promise<void> {
    const Records = batch.map((message) => toRecord(message, mapping.queueArn, options.region));
    const answer = await options.invoke({ Records });
    const failed = mapping.reportsFailures
      ? failedMessageIds(answer, new Set(Records.map(({ messageId }) => messageId)))
      : new Set<string>();
    if (failed.size > 0) log(`${failed.size} of ${batch.length} messages failed and will come back`);
    await deleteMessages(batch.filter(({ MessageId }) => !failed.has(MessageId!)));
  }

  async function deleteMessages(messages: readonly Message[]): Promise<void> {
    for (let i = 0; i < messages.length; i += SQS_BATCH) {
      const Entries = messages
        .slice(i, i + SQS_BATCH)
        .map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      const command = new DeleteMessageBatchCommand({ QueueUrl: mapping.queueUrl, Entries });
      for (const { Message: reason } of (await sqs.send(command)).Failed ?? []) {
        log(`a message that is done was not deleted and will come again: ${reason ?? 'no reason given'}`);
      }
    }
  }

  async function poll(): Promise<void> {
    while (!stopped()) {
      if (running.size >= Math.min(options.maxConcurrency, mapping.maxConcurrency)) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      try {
        const batch = await gather();
        if (batch.length === 0) continue;
        const run: Promise<void> = handle(batch)
          .catch((error: unknown) => log(messageOf(error)))
          .finally(() => {
            running.delete(run);
            wake();
          });
        running.add(run);
      } catch (error) {
        if (stopped()) return;
        log(`receiving failed: ${messageOf(error)}`);
        await clock.wait(PAUSE_AFTER_ERROR_MS, stop.signal);
      }
    }
  }

  const polling = poll();
  return {
    async close() {
      stop.abort();
      wake();
      await polling;
      const grace = new AbortController();
      await Promise.race([
        Promise.all(running).then(() => grace.abort()),
        clock.wait(options.graceMs ?? GRACE_MS, grace.signal),
      ]);
    },
  };
}

/** A received message as Lambda hands it on. */
function toRecord(message: Message, queueArn: string, awsRegion: string): SQSRecord {
  return {
    messageId: message.MessageId!,
    receiptHandle: message.ReceiptHandle!,
    body: message.Body!,
    attributes: message.Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: {}, // The embedded SQS takes none.
    md5OfBody: message.MD5OfBody!,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
