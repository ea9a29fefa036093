import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, startService } from '../support/service.ts';

/** An object that S3 refuses is no object that is missing: its message comes back, and ends in the dead letters. */

let service: Awaited<ReturnType<typeof startService>>;
let queues: SQSClient;
let picture: Buffer;
beforeAll(async () => {
  service = await startService();
  queues = new SQSClient({});
  picture = await fixture('samples/chelsea.jpg');
});
afterAll(async () => {
  queues.destroy();
  await service.close();
});

/** Takes a right away from the role that a function takes on for tenants. @returns gives it back */
function takeAway(name: string, action: string): () => void {
  const [, role] = [...service.roles.byArn].find(([arn]) => arn.endsWith(`-${name}TenantRole`))!;
  const statements = role.statements as unknown as { Action: string[] }[];
  const before = statements.map((statement) => ({ ...statement }));
  for (const statement of statements)
    statement.Action = statement.Action.map((one) => (one === action ? 'none:Taken' : one));
  expect(statements).not.toEqual(before);
  return () => void statements.splice(0, statements.length, ...before);
}

let names = 0;
async function newTenant(): Promise<{ tenant: TenantId; key: string }> {
  const tenant = parseTenantId(`refused-${names++}`);
  return { tenant, key: await service.keys.create(tenant) };
}
async function put(tenant: TenantId, name: string): Promise<SQSEvent> {
  await service.upload(`uploads/${tenant}/${name}`, picture, 'image/jpeg');
  return s3Event('Created:Put', `uploads/${tenant}/${name}`, '01', 1, { atMs: Date.now() });
}
const imageOf = async (tenant: TenantId, key: string, name: string) =>
  (await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key)).json as unknown;
const receive = async (queue: string, VisibilityTimeout: number): Promise<SQSEvent> => {
  const QueueUrl = process.env['DESCRIBE_QUEUE_URL']!.replace('DescribeQueue', queue);
  const { Messages = [] } = await queues.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout, MessageSystemAttributeNames: ['All'] }),
  );
  const Records = Messages.map(({ Body, MessageId, Attributes }) => ({
    body: Body,
    messageId: MessageId,
    attributes: Attributes,
  }));
  return { Records } as unknown as SQSEvent;
};

describe('a right that is taken away', () => {
  it('from describing: the message comes back five times and is a dead letter that names its image', async () => {
    const { tenant, key } = await newTenant();
    expect(await service.admit(await put(tenant, 'cat.jpg'))).toEqual({ batchItemFailures: [] });
    const giveBack = takeAway('Describe', 's3:GetObjectVersion');
    for (let delivery = 1; delivery <= 5; delivery += 1) {
      const event = await receive('DescribeQueue', 0);
      expect(event.Records[0]!.attributes.ApproximateReceiveCount).toBe(String(delivery));
      expect((await service.describeAdmitted(event)).batchItemFailures).toHaveLength(1);
    }
    expect((await receive('DescribeQueue', 0)).Records).toEqual([]);
    const dead = await receive('DescribeDeadLetters', 600);
    expect(dead.Records.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      { tenant, name: 'cat.jpg' },
    ]);
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({
      status: 'failed',
      failure: { code: 'objects_refused', retryable: true },
    });
    giveBack();
    expect(await service.describeAdmitted(dead)).toEqual({ batchItemFailures: [] });
    expect(await imageOf(tenant, key, 'cat.jpg')).toMatchObject({ status: 'described' });
  });

  it.each([
    ['to see the object', 's3:GetObject', true],
    ['to list the tenant’s objects, where the object is missing', 's3:ListBucket', false],
  ])('from admission, %s: the event comes back', async (_name, action, isThere) => {
    const { tenant } = await newTenant();
    const event = isThere
      ? await put(tenant, 'cat.jpg')
      : s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01', 1, { atMs: Date.now() });
    const giveBack = takeAway('Admit', action);
    expect((await service.admit(event)).batchItemFailures).toHaveLength(1);
    giveBack();
    expect(await service.admit(event)).toEqual({ batchItemFailures: [] });
    await service.drainDescribeQueue();
  });
});

it('an object that is missing is gone: its message is done', async () => {
  const { tenant } = await newTenant();
  const event = s3Event('Created:Put', `uploads/${tenant}/never.jpg`, '01', 1, { atMs: Date.now() });
  expect(await service.describe(event)).toEqual({ batchItemFailures: [] });
  const picture = await put(tenant, 'removed.jpg');
  await service.admit(picture);
  await service.removeObject(`uploads/${tenant}/removed.jpg`);
  expect(await service.describeAdmitted(await service.drainDescribeQueue())).toEqual({
    batchItemFailures: [],
  });
});
