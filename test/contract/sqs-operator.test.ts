import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSqs } from '../../infra/local/servers/sqs-server.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** What docs/runbook.md has an operator do, on the embedded SQS. Source: Amazon SQS API Reference. */

const clock = new ManualClock();
let server: Awaited<ReturnType<typeof startSqs>>;
let client: SQSClient;
const urls: Record<string, string> = {};
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

beforeAll(async () => {
  server = await startSqs({ clock });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new SQSClient({ endpoint: server.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const policy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
  for (const QueueName of ['dead', 'one', 'two', 'other']) {
    const Attributes = ['one', 'two'].includes(QueueName) ? { RedrivePolicy: policy } : {};
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
    urls[QueueName] = QueueUrl!;
  }
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const receive = async (name: string) => {
  const asked = { QueueUrl: urls[name], MaxNumberOfMessages: 10, VisibilityTimeout: 1 };
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ ...asked, MessageSystemAttributeNames: ['All'] }),
  );
  return Messages;
};
const attributesOf = async (name: string) => {
  const asked = { QueueUrl: urls[name], AttributeNames: ['All' as const] };
  return (await client.send(new GetQueueAttributesCommand(asked))).Attributes!;
};

it('an empty queue answers without messages, as SQS does', async () => {
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: urls['other'] }));
  expect(Messages).toBeUndefined();
});

it('queues are listed, all or those whose names begin so', async () => {
  const named = async (QueueNamePrefix?: string) =>
    (await client.send(new ListQueuesCommand({ QueueNamePrefix }))).QueueUrls;
  expect(await named()).toEqual(['dead', 'one', 'other', 'two'].map((name) => urls[name]));
  expect(await named('o')).toEqual([urls['one'], urls['other']]);
});

it('dead letters go back to where each came from, as new messages', async () => {
  for (const name of ['one', 'two'])
    await client.send(new SendMessageCommand({ QueueUrl: urls[name], MessageBody: `of ${name}` }));
  const ids = [...(await receive('one')), ...(await receive('two'))].map(({ MessageId }) => MessageId);
  clock.advance(1_000);
  expect([await receive('one'), await receive('two')]).toEqual([[], []]);
  expect((await attributesOf('dead'))['ApproximateNumberOfMessages']).toBe('2');

  const asked = new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') });
  expect((await client.send(asked)).TaskHandle).toMatch(/./);
  const tasks = await client.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead') }));
  expect(tasks.Results).toMatchObject([
    { Status: 'COMPLETED', SourceArn: arnOf('dead'), ApproximateNumberOfMessagesMoved: 2 },
  ]);
  for (const name of ['one', 'two']) {
    const [message, ...more] = await receive(name);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ Body: `of ${name}`, Attributes: { ApproximateReceiveCount: '1' } });
    expect(ids).not.toContain(message!.MessageId);
  }
});

it('dead letters go to the queue that is named', async () => {
  await client.send(new SendMessageCommand({ QueueUrl: urls['dead'], MessageBody: 'elsewhere' }));
  const asked = { SourceArn: arnOf('dead'), DestinationArn: arnOf('other') };
  await client.send(new StartMessageMoveTaskCommand(asked));
  expect((await receive('other')).map(({ Body }) => Body)).toEqual(['elsewhere']);
});

it('what is no queue of dead letters is not moved', async () => {
  const asked = new StartMessageMoveTaskCommand({ SourceArn: arnOf('one') });
  await expect(client.send(asked)).rejects.toMatchObject({ name: 'UnsupportedOperation' });
});

it('an attribute is changed, and the others stay', async () => {
  const before = await attributesOf('one');
  const set = (Attributes: Record<string, string>) =>
    client.send(new SetQueueAttributesCommand({ QueueUrl: urls['one'], Attributes }));
  await set({ VisibilityTimeout: '42' });
  const after = await attributesOf('one');
  expect(after).toEqual({ ...before, VisibilityTimeout: '42' });
  for (const wrong of [{ Policy: '{}' }, { VisibilityTimeout: '43201' }])
    await expect(set(wrong as unknown as Record<string, string>)).rejects.toMatchObject({
      name: 'InvalidAttributeName',
    });
  expect(await attributesOf('one')).toEqual(after);
});
