import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSqs } from '../../infra/local/servers/sqs-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { kill, startScript } from '../support/start-node.ts';
import { ending, type Asked } from '../support/asked.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/** What Gloss needs of SQS, asked by the real SDK. */

const connect = (endpoint: string) =>
  new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });

interface Server extends Asked<SQSClient> {
  /** Lets time pass; it moves only where a test moves it. */
  readonly advance: (ms: number) => void;
  readonly urlOf: (queue: string) => string;
}

async function openEmbedded(): Promise<Server> {
  const clock = new ManualClock();
  const server = await startSqs({ clock });
  const client = connect(server.endpoint);
  return {
    client,
    advance: (ms) => clock.advance(ms),
    urlOf: (queue) => `${server.endpoint}/000000000000/${queue}`,
    close: ending(client, server),
  };
}

function openWorld(): Promise<Server> {
  const world = bareWorld();
  const client = attached(connect('http://localhost'), world);
  return Promise.resolve({
    client,
    advance: (ms) => world.time.moveTo(world.time.nowMs() + ms),
    urlOf: (queue) => world.sqs.urlOf(queue),
    close: ending(client),
  });
}

describe.each([
  ['the embedded SQS', openEmbedded],
  ['the SQS of a world', openWorld],
])('%s', (_name, open) => {
  let server: Server;
  let client: SQSClient;
  let queues = 0;

  beforeAll(async () => {
    server = await open();
    client = server.client;
  });
  afterAll(() => server.close());
  const advance = (ms: number) => server.advance(ms);

  async function createQueue(attributes: Record<string, string> = {}): Promise<string> {
    const { QueueUrl } = await client.send(
      new CreateQueueCommand({ QueueName: `queue-${queues++}`, Attributes: attributes }),
    );
    return QueueUrl!;
  }

  const ofGroup = (QueueUrl: string, MessageBody: string, MessageGroupId: string) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));
  const arnOf = (url: string) => `arn:aws:sqs:us-east-1:000000000000:${url.split('/').at(-1)!}`;
  const send = (QueueUrl: string, MessageBody: string, DelaySeconds?: number) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
  const receive = async (
    QueueUrl: string,
    options: { wait?: number; most?: number; visibility?: number } = {},
  ) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        WaitTimeSeconds: options.wait ?? 0,
        MaxNumberOfMessages: options.most ?? 10,
        VisibilityTimeout: options.visibility,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages;
  };
  const counts = async (QueueUrl: string) => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const {
      ApproximateNumberOfMessages,
      ApproximateNumberOfMessagesNotVisible,
      ApproximateNumberOfMessagesDelayed,
    } = Attributes!;
    return [
      ApproximateNumberOfMessages,
      ApproximateNumberOfMessagesNotVisible,
      ApproximateNumberOfMessagesDelayed,
    ].map(Number);
  };

  describe('messages', () => {
    it('come once while they are in flight, and are gone when deleted', async () => {
      const url = await createQueue();
      await send(url, 'hello – grüße');
      const [message] = await receive(url);
      expect(message).toMatchObject({ Body: 'hello – grüße', Attributes: { ApproximateReceiveCount: '1' } });
      expect(await receive(url)).toEqual([]);
      expect(await counts(url)).toEqual([0, 1, 0]);
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message!.ReceiptHandle }));
      expect(await counts(url)).toEqual([0, 0, 0]);
    });

    it('come again when their visibility timeout ends, with a greater count and another handle', async () => {
      const url = await createQueue({ VisibilityTimeout: '7' });
      await send(url, 'again');
      const [first] = await receive(url);
      advance(6_999);
      expect(await receive(url)).toEqual([]);
      advance(1);
      const [second] = await receive(url);
      expect(second).toMatchObject({
        MessageId: first!.MessageId,
        Attributes: { ApproximateReceiveCount: '2' },
      });
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle }));
      expect(await counts(url)).toEqual([0, 1, 0]);
    });

    it('come at once when their visibility is set to zero', async () => {
      const url = await createQueue({ VisibilityTimeout: '600' });
      await send(url, 'back');
      const [first] = await receive(url);
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: first!.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      expect(await receive(url)).toHaveLength(1);
    });

    it('of a group that has much in flight wait for those of groups that have less', async () => {
      const url = await createQueue();
      for (const body of ['a1', 'a2', 'a3']) await ofGroup(url, body, 'a');
      await ofGroup(url, 'b1', 'b');
      await ofGroup(url, 'b2', 'b');
      const order: (string | undefined)[] = [];
      for (let i = 0; i < 5; i += 1) order.push((await receive(url, { most: 1 }))[0]?.Body);
      expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
    });

    it('say which group they are of, also in the dead letters, and nothing where they are of none', async () => {
      const dead = await createQueue();
      const policy = { deadLetterTargetArn: arnOf(dead), maxReceiveCount: 1 };
      const url = await createQueue({ RedrivePolicy: JSON.stringify(policy), VisibilityTimeout: '0' });
      const groupsIn = async (queue: string) =>
        (await receive(queue)).map(({ Attributes }) => Attributes?.MessageGroupId);
      await ofGroup(url, 'a1', 'a');
      await send(url, 'alone');
      expect(await groupsIn(url)).toEqual(['a', undefined]);
      expect(await groupsIn(url)).toEqual([]);
      expect(await groupsIn(dead)).toEqual(['a', undefined]);
    });

    it('without a group wait for none, and a group is quiet again when its messages are deleted', async () => {
      const url = await createQueue();
      for (const body of ['a1', 'a2', 'a3']) await ofGroup(url, body, 'a');
      const flying = await receive(url, { most: 2 });
      await send(url, 'alone');
      await ofGroup(url, 'b1', 'b');
      expect((await receive(url, { most: 2 })).map(({ Body }) => Body)).toEqual(['alone', 'b1']);
      for (const { ReceiptHandle } of flying)
        await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      await ofGroup(url, 'b2', 'b');
      expect((await receive(url)).map(({ Body }) => Body)).toEqual(['a3', 'b2']);
    });

    it('wait for their delay', async () => {
      const url = await createQueue();
      await send(url, 'later', 5);
      advance(4_999);
      expect(await receive(url)).toEqual([]);
      expect(await counts(url)).toEqual([0, 0, 1]);
      advance(1);
      expect(await receive(url)).toHaveLength(1);
    });

    it('go in batches of ten, in order, at most ten a receive', async () => {
      const url = await createQueue();
      for (const batch of [0, 1]) {
        const Entries = Array.from({ length: 10 }, (_, i) => ({
          Id: String(i),
          MessageBody: String(batch * 10 + i),
        }));
        const { Successful } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
        expect(Successful).toHaveLength(10);
      }
      const bodies = (await receive(url)).map(({ Body }) => Body);
      expect(bodies).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
      expect(await counts(url)).toEqual([10, 10, 0]);
    });
  });

  describe('dead letters', () => {
    it('take a message that was received as often as the queue allows', async () => {
      const dead = await createQueue();
      const url = await createQueue({
        VisibilityTimeout: '0',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 2 }),
      });
      await send(url, 'poison');
      const [first] = await receive(url);
      expect(await receive(url)).toHaveLength(1);
      expect(await receive(url)).toEqual([]);
      const [buried] = await receive(dead);
      expect(buried).toMatchObject({
        MessageId: first!.MessageId,
        Body: 'poison',
        Attributes: { ApproximateReceiveCount: '1' },
      });
    });
  });

  describe('queues', () => {
    it('are created again without losing their messages, and with the new attributes', async () => {
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'same' }));
      await send(QueueUrl!, 'kept');
      await client.send(
        new CreateQueueCommand({ QueueName: 'same', Attributes: { VisibilityTimeout: '77' } }),
      );
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      expect(Attributes).toMatchObject({ VisibilityTimeout: '77', ApproximateNumberOfMessages: '1' });
    });

    it('that do not exist are an error of their own', async () => {
      await expect(send(server.urlOf('nowhere'), 'x')).rejects.toThrow(QueueDoesNotExist);
    });
  });
});

describe('a long poll', () => {
  let server: Server;
  let url: string;
  const receive = async (WaitTimeSeconds: number, abortSignal?: AbortSignal) => {
    const command = new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds });
    return (await server.client.send(command, abortSignal && { abortSignal })).Messages ?? [];
  };
  const send = (MessageBody: string, DelaySeconds?: number) =>
    server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody, DelaySeconds }));

  beforeEach(async () => {
    server = await openEmbedded();
    url = (await server.client.send(new CreateQueueCommand({ QueueName: 'polled' }))).QueueUrl!;
  });
  afterEach(() => server.close());

  it('ends when the delay of a message does', async () => {
    await send('later', 5);
    server.advance(4_999);
    const waiting = receive(20);
    server.advance(1);
    expect(await waiting).toHaveLength(1);
  });

  it('is woken by a message', async () => {
    const waiting = receive(20);
    await sleep(50);
    await send('wake');
    expect(await waiting).toHaveLength(1);
  });

  it('takes no message for a receiver that hung up', async () => {
    const hangUp = new AbortController();
    const waiting = receive(20, hangUp.signal);
    await sleep(50);
    hangUp.abort();
    await expect(waiting).rejects.toThrow();
    await sleep(50);
    await send('for the next one');
    expect(await receive(1)).toHaveLength(1);
  });
});

describe('a killed server', () => {
  it('has every acknowledged message at its next start, those in flight visible again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gloss-sqs-'));
    try {
      const script = `
        import { startSqs } from '${new URL('../../infra/local/servers/sqs-server.ts', import.meta.url).href}';
        console.log((await startSqs({ dataDir: ${JSON.stringify(dataDir)} })).endpoint);`;
      const { child, line } = await startScript(script);
      const before = connect(line);
      const { QueueUrl } = await before.send(
        new CreateQueueCommand({ QueueName: 'q', Attributes: { VisibilityTimeout: '600' } }),
      );
      for (let i = 0; i < 20; i += 1)
        await before.send(new SendMessageCommand({ QueueUrl, MessageBody: String(i) }));
      await before.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      await kill(child);

      const after = await startSqs({ dataDir });
      const reader = connect(after.endpoint);
      const seen = [];
      for (let i = 0; i < 2; i += 1) {
        const url = `${after.endpoint}/000000000000/q`;
        const { Messages = [] } = await reader.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ['ApproximateReceiveCount'],
          }),
        );
        seen.push(...Messages.map(({ Body }) => Number(Body)));
        // A delivery that ended with the server counts for nothing.
        expect(new Set(Messages.map(({ Attributes }) => Attributes!.ApproximateReceiveCount))).toEqual(
          new Set(['1']),
        );
      }
      expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));
      await after.close();
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});
